/** The part of citation-js that is used here; it has no types of its own. */
declare module '@citation-js/core' {
  export const plugins: {
    input: {
      chain(input: string, options: { target: string; generateGraph: boolean }): unknown
    }
  }
}
declare module '@citation-js/plugin-bibtex'
