// Runs in the browser, after GraphiQL's own script.
{
  /** What the server writes into the page: GraphiQL's options, and the paths of its workers by name. */
  const settings = JSON.parse(document.querySelector('#settings').textContent)

  self.MonacoEnvironment = {
    globalAPI: false,
    getWorkerUrl: (_module, name) => settings.workers[name],
  }

  // Otherwise GraphiQL shows syntax errors with the stack of its own script.
  Error.stackTraceLimit = 0

  const isNarrow = matchMedia('(max-width: 767px)').matches
  const root = document.querySelector('#root')
  YogaGraphiQL.renderYogaGraphiQL(root, {
    ...settings.options,
    // A small screen has no room for the variables until they are opened.
    defaultEditorToolsVisibility: !isNarrow,
  })

  // A draggable tab takes a short click for the start of a drag. The click itself still reaches it.
  const isTab = ({ target }) =>
    target instanceof Element && target.closest('.graphiql-tab') !== null
  document.addEventListener('pointerdown', (event) => isTab(event) && event.stopPropagation(), true)
  document.addEventListener('click', (event) => {
    if (isTab(event))
      event.target.closest('.graphiql-tab').scrollIntoView({ block: 'nearest', inline: 'nearest' })
  })

  // The mouse wheel scrolls the row of tabs if it is wider than the page.
  document.addEventListener('wheel', (event) => {
    const tabs = event.target instanceof Element ? event.target.closest('.graphiql-tabs') : null
    if (tabs && event.deltaX === 0) tabs.scrollLeft += event.deltaY
  })

  // The row of tabs is one stop of the Tab key, and arrow keys move within it; otherwise the editor would be the 55th stop.
  const prepareForKeys = () => {
    for (const tab of document.querySelectorAll('.graphiql-tab'))
      for (const button of tab.querySelectorAll('button'))
        button.tabIndex = tab.classList.contains('graphiql-tab-active') ? 0 : -1
    for (const editor of document.querySelectorAll('.graphiql-editor[tabindex]')) {
      editor.role = 'group'
      editor.ariaLabel ??= editor.closest('[aria-label]')?.ariaLabel ?? 'Editor'
      editor.setAttribute('aria-description', 'Press Enter to edit, and Escape to leave.')
    }
  }
  new MutationObserver(prepareForKeys).observe(root, {
    subtree: true,
    childList: true,
    attributeFilter: ['aria-selected'],
  })

  const TAB_KEYS = {
    ArrowLeft: (at) => at - 1,
    ArrowRight: (at) => at + 1,
    Home: () => 0,
    End: () => -1,
  }
  document.addEventListener('keydown', ({ key, target }) => {
    const to = target.closest?.('.graphiql-tab-button') ? TAB_KEYS[key] : undefined
    if (!to) return
    const buttons = [...document.querySelectorAll('.graphiql-tab-button')]
    buttons.at(to(buttons.indexOf(target)) % buttons.length).focus()
  })

  // In an editor, the Tab key indents. Escape first closes open parts such as suggestions, and then leaves the editor.
  const OPEN = '.suggest-widget.visible, .find-widget.visible, .parameter-hints-widget.visible'
  document.addEventListener(
    'keydown',
    ({ key, target }) => {
      const editor = key === 'Escape' && target.closest?.('.graphiql-editor, .result-window')
      if (editor && !document.querySelector(OPEN)) editor.focus()
    },
    true,
  )

  // A dialog that closes returns the focus to the button that opened it.
  let lastFocused
  document.addEventListener('focusin', ({ target }) => {
    if (!target.closest('[role=dialog]')) lastFocused = target
  })
  let wasOpen = false
  new MutationObserver(() => {
    const isOpen = document.querySelector('[role=dialog]') !== null
    if (wasOpen && !isOpen && document.activeElement === document.body) lastFocused?.focus()
    wasOpen = isOpen
  }).observe(document.body, { childList: true })

  /** Whether the page opens with the first example rather than with the user's own query or one from a link. */
  const opensWithExample = () => {
    if (new URL(location.href).searchParams.has('query')) return false
    const stored = localStorage.getItem('graphiql:tabState')
    if (stored === null) return true
    const { tabs, activeTabIndex } = JSON.parse(stored)
    return tabs[activeTabIndex]?.query === settings.options.defaultTabs[0].query
  }

  /** Presses the button once everything that a run needs is there: before that, GraphiQL ignores it. */
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
