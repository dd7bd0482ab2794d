// Runs in the browser on every page. All pages work without it: it adds suggestions to the search box, and copy buttons.
{
  const SUGGEST = `query Suggest($prefix: String!) {
  suggest(prefix: $prefix, first: 8) { kind label value node { ... on Institution { country } } }
}`
  /** Delay after a key press before suggestions are requested, because most letters are followed by another. */
  const PAUSE_MS = 120

  const PAGES = {
    PAPER: (value) => `papers/${encodeURIComponent(value)}`,
    AUTHOR: (value) => `authors/${encodeURIComponent(value)}`,
    TOPIC: (value) => `topics/${encodeURIComponent(value)}`,
    VENUE: (value) => `venues/${encodeURIComponent(value)}`,
    INSTITUTION: (value) => `institutions/${encodeURIComponent(value)}`,
    REPOSITORY: (value) => `papers/${encodeURIComponent(value)}`,
  }

  const ask = async (prefix, signal) => {
    const response = await fetch(new URL('graphql', document.baseURI), {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ query: SUGGEST, variables: { prefix } }),
      signal,
    })
    const { data } = await response.json()
    return data?.suggest ?? []
  }

  /** A combobox with a list, following the ARIA Authoring Practices Guide. */
  const addSuggestions = (form) => {
    const input = form.querySelector('input[name="q"]')
    const list = document.createElement('ul')
    Object.assign(list, { id: 'suggestions', className: 'suggestions', hidden: true })
    list.setAttribute('role', 'listbox')
    list.setAttribute('aria-label', 'Suggestions')
    form.append(list)
    input.setAttribute('role', 'combobox')
    input.setAttribute('aria-autocomplete', 'list')
    input.setAttribute('aria-expanded', 'false')
    input.setAttribute('aria-controls', list.id)
    let timer
    let asking
    let chosen = -1

    const choose = (index) => {
      chosen = index
      for (const [at, option] of [...list.children].entries())
        option.setAttribute('aria-selected', String(at === index))
      const option = list.children[index]
      if (option) {
        input.setAttribute('aria-activedescendant', option.id)
        option.scrollIntoView({ block: 'nearest' })
      } else input.removeAttribute('aria-activedescendant')
    }
    const close = () => {
      clearTimeout(timer)
      asking?.abort()
      list.hidden = true
      list.replaceChildren()
      input.setAttribute('aria-expanded', 'false')
      choose(-1)
    }
    const show = (suggestions) => {
      list.replaceChildren(
        ...suggestions.map(({ kind, label, value, node }, at) => {
          const option = document.createElement('li')
          const name = document.createElement('span')
          const note = document.createElement('small')
          option.id = `suggestion-${at}`
          option.setAttribute('role', 'option')
          option.dataset.page = PAGES[kind](value)
          name.dir = 'auto'
          name.textContent = label
          note.textContent = [kind.toLowerCase(), node.country].filter(Boolean).join(' · ')
          option.append(name, note)
          return option
        }),
      )
      list.hidden = suggestions.length === 0
      input.setAttribute('aria-expanded', String(!list.hidden))
      choose(-1)
    }
    const open = (option) => location.assign(new URL(option.dataset.page, document.baseURI))

    const onInput = () => {
      clearTimeout(timer)
      asking?.abort()
      const prefix = input.value.trim()
      if (prefix.length < 2 || prefix.length > 200) return close()
      timer = setTimeout(() => {
        asking = new AbortController()
        // If the request fails, the box stays as it is.
        ask(prefix, asking.signal).then(show, () => {})
      }, PAUSE_MS)
    }
    const onKey = (event) => {
      const count = list.children.length
      if (event.key === 'Escape') {
        // Escape empties a search field in browsers; it should first close the suggestions.
        if (!list.hidden) event.preventDefault()
        return close()
      }
      if (count > 0 && event.key === 'ArrowDown') choose((chosen + 1) % count)
      else if (count > 0 && event.key === 'ArrowUp') choose((chosen <= 0 ? count : chosen) - 1)
      else if (event.key === 'Enter' && chosen >= 0) open(list.children[chosen])
      else return
      event.preventDefault()
    }

    input.addEventListener('input', onInput)
    input.addEventListener('keydown', onKey)
    input.addEventListener('blur', close)
    // Otherwise the input loses focus first, which closes the list.
    list.addEventListener('pointerdown', (event) => event.preventDefault())
    list.addEventListener('click', (event) => {
      const option = event.target.closest('[role="option"]')
      if (option) open(option)
    })
  }

  /** Buttons that copy the text of the element they name. They are hidden until this script makes them work. */
  const addCopying = (button) => {
    const source = document.getElementById(button.dataset.copy)
    if (!source || !navigator.clipboard) return
    button.hidden = false
    const label = button.textContent
    button.addEventListener('click', async () => {
      const isCopied = await navigator.clipboard.writeText(source.textContent).then(
        () => true,
        () => false,
      )
      button.textContent = isCopied ? 'Copied' : 'Select the text to copy it'
      setTimeout(() => {
        button.textContent = label
      }, 2000)
    })
  }

  for (const form of document.querySelectorAll('form[role="search"]')) addSuggestions(form)
  for (const button of document.querySelectorAll('button[data-copy]')) addCopying(button)
  // The browser knows its time zone; without this script, the user chooses from a list.
  for (const field of document.querySelectorAll('[name="timeZone"][data-guess]'))
    field.value = Intl.DateTimeFormat().resolvedOptions().timeZone
}
