import { bibtexEntry } from '../bibliography/bibtex.ts'
import { wholeCslItem } from '../bibliography/csl.ts'
import { risEntry } from '../bibliography/ris.ts'
import { paperWriter } from './source.ts'

export const writeBibtex = paperWriter({ between: '\n', write: bibtexEntry })

export const writeRis = paperWriter({ between: '\r\n', write: risEntry })

export const writeCslJson = paperWriter({
  begin: '[\n',
  between: ',\n',
  end: '\n]\n',
  write: (paper) => JSON.stringify(wholeCslItem(paper)),
})
