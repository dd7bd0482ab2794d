import { AppError } from '../../errors.ts'

/** The error of a command that works on what a catalogue holds, where there is none. `place` is of the form "the data folder /srv/papers". */
export const noCatalogue = (place: string): AppError =>
  new AppError(
    'NOT_FOUND',
    `There is no catalogue in ${place}. To use the one of another place, set PAPERQL_DATA_DIR or DATABASE_URL. To make one here, run: paperql serve, paperql import, or paperql restore FILE.`,
  )
