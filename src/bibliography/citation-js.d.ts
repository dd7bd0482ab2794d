/** The parts of citation-js used here; the package has no types. */
declare module '@citation-js/core' {
  export const plugins: {
    input: {
      chain(input: string, options: { target: string; generateGraph: boolean }): unknown
      util: { clean(items: object[], isLenient: boolean): object[] }
    }
    output: {
      format(name: string, data: unknown[], options: Record<string, unknown>): string
    }
  }
}
declare module '@citation-js/plugin-csl'
