import { APPLICATION_TERMS } from './application-terms.ts'
import { LEARNING_TERMS } from './learning-terms.ts'

/**
 * The curated topics, indented under their parents. Each line has the name, the kind (f field, t task, m method) and further
 * phrases for the topic. A phrase matches whole words in any case and number. With `!` the name itself does not match, because
 * it is too common a word. A phrase with `^` is searched in titles and keywords, not in abstracts.
 */
export const TOPIC_TERMS = `
${LEARNING_TERMS.trim()}
${APPLICATION_TERMS.trim()}
`
