// Writes bibliographies in a thread of its own, and in JavaScript, as a thread knows nothing of how the main one reads
// TypeScript.
import { parentPort } from 'node:worker_threads'
import { plugins } from '@citation-js/core'
import '@citation-js/plugin-csl'

parentPort?.on('message', ({ id, items, style }) => {
  try {
    const options = { template: style, format: 'text', lang: 'en-US' }
    const text = plugins.output.format('bibliography', items, options).trim()
    parentPort?.postMessage({ id, text })
  } catch (error) {
    parentPort?.postMessage({ id, fault: error instanceof Error ? error.message : String(error) })
  }
})
