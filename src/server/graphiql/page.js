// Runs in the browser, after GraphiQL's own script.
{
  /** What the server writes into the page: options of GraphiQL, and the paths of its workers by name. */
  const settings = JSON.parse(document.querySelector('#settings').textContent)

  self.MonacoEnvironment = {
    globalAPI: false,
    getWorkerUrl: (_module, name) => settings.workers[name],
  }

  // GraphiQL prints errors of the syntax with the stack of its own script.
  Error.stackTraceLimit = 0

  const isNarrow = matchMedia('(max-width: 767px)').matches
  YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#root'), {
    ...settings.options,
    // A small screen has no room for the variables as well, until they are opened.
    defaultEditorToolsVisibility: !isNarrow,
  })

  // A tab that can be dragged takes a short click for the start of that. The click itself still reaches it.
  const isTab = ({ target }) =>
    target instanceof Element && target.closest('.graphiql-tab') !== null
  document.addEventListener('pointerdown', (event) => isTab(event) && event.stopPropagation(), true)
  document.addEventListener('click', (event) => {
    if (isTab(event))
      event.target.closest('.graphiql-tab').scrollIntoView({ block: 'nearest', inline: 'nearest' })
  })

  // A wheel turns the row of tabs where it is too long for the page.
  document.addEventListener('wheel', (event) => {
    const tabs = event.target instanceof Element ? event.target.closest('.graphiql-tabs') : null
    if (tabs && event.deltaX === 0) tabs.scrollLeft += event.deltaY
  })

  /** Whether the page opens with the first example, and not with what somebody wrote or was sent as a link. */
  const opensWithExample = () => {
    if (new URL(location.href).searchParams.has('query')) return false
    const stored = localStorage.getItem('graphiql:tabState')
    if (stored === null) return true
    const { tabs, activeTabIndex } = JSON.parse(stored)
    return tabs[activeTabIndex]?.query === settings.options.defaultTabs[0].query
  }

  /** Presses the button once all that a run needs is there: GraphiQL ignores it before. */
  const runOnceReady = (attempts) => {
    const button = document.querySelector('.graphiql-execute-button')
    const answer = document.querySelector('.graphiql-response .view-lines')
    const isReady = button && answer && document.querySelector('.graphiql-query-editor .view-lines')
    if (answer?.textContent.trim()) return
    if (isReady && /execute/i.test(button.ariaLabel)) button.click()
    if (attempts > 0) setTimeout(() => runOnceReady(attempts - 1), 250)
  }
  if (opensWithExample()) runOnceReady(40)
}
