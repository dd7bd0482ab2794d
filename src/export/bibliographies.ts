import { bibtexEntry } from '../bibliography/bibtex.ts'
import { wholeCslItem } from '../bibliography/csl.ts'
import { risEntry } from '../bibliography/ris.ts'
import { paperWriter } from './source.ts'

export const writeBibtex = paperWriter({ between: '\n', links: true, write: bibtexEntry })

export const writeRis = paperWriter({ between: '\r\n', links: false, write: risEntry })

export const writeCslJson = paperWriter({
  begin: '[\n',
  between: ',\n',
  end: '\n]\n',
  links: false,
  write: (paper) => JSON.stringify(wholeCslItem(paper)),
})
