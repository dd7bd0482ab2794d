import type { SerializedError, TestCase, TestModule, TestSuite, Vitest } from 'vitest/node'
import type { Reporter } from 'vitest/reporters'

/** Prints each failure with its reason at once; the reporter of vitest names it when its file ends, and explains it last. */
export default class FailureReporter implements Reporter {
  #vitest: Vitest | undefined

  onInit(vitest: Vitest): void {
    this.#vitest = vitest
  }

  onTestCaseResult(test: TestCase): void {
    const { state, errors = [] } = test.result()
    if (state === 'failed')
      this.#print(`${test.module.relativeModuleId} > ${test.fullName}`, errors)
  }

  /** Errors of its hooks. */
  onTestSuiteResult(suite: TestSuite): void {
    this.#print(`${suite.module.relativeModuleId} > ${suite.fullName}`, suite.errors())
  }

  onTestModuleEnd(module: TestModule): void {
    this.#print(module.relativeModuleId, module.errors())
  }

  #print(title: string, errors: readonly SerializedError[]): void {
    for (const error of errors) {
      this.#vitest?.logger.error(`\nFAILED ${title}`)
      this.#vitest?.logger.printError(error)
    }
  }
}
