// Formats bibliographies in a separate thread. Plain JavaScript, because the thread does not inherit the main thread's TypeScript loader.
import { parentPort } from 'node:worker_threads'
import { plugins } from '@citation-js/core'
import '@citation-js/plugin-csl'

/** Quotation marks in British style; citation-js includes only the American ones. */
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
