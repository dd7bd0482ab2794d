import { parseSync } from 'oxc-parser'

/** A function, and the number of lines that a reader must read to understand it. */
interface MeasuredFunction {
  /** Line on which it begins. */
  line: number
  lines: number
}

interface Node {
  type: string
  start: number
  end: number
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'

function childrenOf(node: Node): Node[] {
  const children: Node[] = []
  for (const value of Object.values(node) as unknown[])
    if (Array.isArray(value)) children.push(...value.filter(isNode))
    else if (isNode(value)) children.push(value)
  return children
}

const FUNCTIONS = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']
const LISTS = ['ObjectExpression', 'ArrayExpression']
const WRAPPERS = ['ParenthesizedExpression', 'TSAsExpression', 'TSSatisfiesExpression']

/**
 * The lengths of the functions in a file. A named function is read by itself, and does not count for the enclosing one. Neither do the
 * entries of a list that a function returns, such as the fields of a type: each is read alone, and functions in it are measured separately.
 */
export function measureFunctions(file: string, text: string): MeasuredFunction[] {
  const starts = [...text.matchAll(/^/gm)].map(({ index }) => index)
  const lineOf = (at: number) => starts.findLastIndex((start) => start <= at)
  const linesOf = ({ start, end }: Node) => lineOf(end) - lineOf(start) + 1
  const measured: MeasuredFunction[] = []
  const visit = (node: Node) => {
    if (FUNCTIONS.includes(node.type) && bodyOf(node)) {
      const apart = [...namedIn(node), ...returnedList(node)]
      // The line on which it begins stays.
      const left = apart.reduce((sum, part) => sum + linesOf(part) - 1, 0)
      measured.push({ line: lineOf(node.start) + 1, lines: linesOf(node) - left })
    }
    for (const child of childrenOf(node)) visit(child)
  }
  visit(parseSync(file, text).program as unknown as Node)
  return measured
}

const bodyOf = (node: Node) => (node as { body?: Node | null }).body

/** The named functions defined in a function, except those within another named one. */
function namedIn(node: Node): Node[] {
  return childrenOf(node).flatMap((child) => {
    if (child.type === 'FunctionDeclaration') return [child]
    const { init, method, value } = child as { init?: Node; method?: boolean; value?: Node }
    if (child.type === 'VariableDeclarator' && init && FUNCTIONS.includes(init.type)) return [init]
    if (child.type === 'Property' && method && value) return [value]
    return FUNCTIONS.includes(child.type) ? [] : namedIn(child)
  })
}

/** The list that is the body of a function, or that it returns at its end. */
function returnedList(node: Node): Node[] {
  const body = bodyOf(node)
  const last = (body as { body?: Node[] }).body?.at?.(-1)
  const returned =
    body?.type === 'BlockStatement' ? (last as { argument?: Node } | undefined)?.argument : body
  const list = unwrapped(returned)
  return list && LISTS.includes(list.type) ? [list] : []
}

const unwrapped = (node: Node | null | undefined): Node | null | undefined =>
  node && WRAPPERS.includes(node.type)
    ? unwrapped((node as { expression?: Node }).expression)
    : node
