import { APPLICATION_TERMS } from './application-terms.ts'
import { LEARNING_TERMS } from './learning-terms.ts'

/**
 * The curated topics: indented under their parent; name, then kind (f field, t task, m method), then further
 * phrases that mean it. A phrase matches whole words in any case and number. `!` keeps the name itself
 * from matching, where it is too common a word; `^` before a phrase that it is looked for in titles and keywords, not in abstracts.
 */
export const TOPIC_TERMS = `
${LEARNING_TERMS.trim()}
${APPLICATION_TERMS.trim()}
`
