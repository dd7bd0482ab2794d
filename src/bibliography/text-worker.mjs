// Writes bibliographies in a thread of its own, and in JavaScript, as a thread knows nothing of how the main one reads
// TypeScript.
import { parentPort } from 'node:worker_threads'
import { plugins } from '@citation-js/core'
import '@citation-js/plugin-csl'

/** Quotation marks as British publishers print them; citation-js brings only those of the United States. */
const { locales } = plugins.config.get('@csl')
const QUOTES = {
  'open-quote': '‘',
  'close-quote': '’',
  'open-inner-quote': '“',
  'close-inner-quote': '”',
}
const british = locales
  .get('en-US')
  .replace('xml:lang="en-US"', 'xml:lang="en-GB"')
  .replace('punctuation-in-quote="true"', 'punctuation-in-quote="false"')
  .replace(
    /(<term name="((?:open|close)-(?:inner-)?quote)">)[^<]*/g,
    (_, term, name) => term + QUOTES[name],
  )
locales.add('en-GB', british)

const LANGUAGES = { harvard1: 'en-GB' }

parentPort?.on('message', ({ id, items, style }) => {
  try {
    const options = { template: style, format: 'text', lang: LANGUAGES[style] ?? 'en-US' }
    const text = plugins.output.format('bibliography', items, options).trim()
    parentPort?.postMessage({ id, text })
  } catch (error) {
    parentPort?.postMessage({ id, fault: error instanceof Error ? error.message : String(error) })
  }
})
