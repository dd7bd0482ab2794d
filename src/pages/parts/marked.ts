import { richText } from '../../html/math.ts'
import { type Content, html } from '../../html/template.ts'

const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
}

/** A highlight of a search. Its text and marks are separated and escaped again, so that it cannot contain other markup. */
export function markedText(highlight: string): Content {
  return highlight.split(/<mark>(.*?)<\/mark>/s).map((part, at) => {
    const text = part.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity)
    return at % 2 === 1 ? html`<mark>${text}</mark>` : richText(text)
  })
}
