import { AppError } from '../../errors.ts'

/** The error of a command that needs a catalogue when there is none. `place` has the form "the data folder /srv/papers". */
export const noCatalogue = (place: string): AppError =>
  new AppError(
    'NOT_FOUND',
    `There is no catalogue in ${place}. To use another catalogue, set PAPERQL_DATA_DIR or DATABASE_URL. To create one here, run: paperql serve, paperql import, or paperql restore FILE.`,
  )
