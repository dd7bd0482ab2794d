import { AppError } from '../../errors.ts'
import { DEFAULT_PAGE, DEFAULT_TOP } from '../../graphql/page-size.ts'
import {
  addNode,
  addOwn,
  type Cap,
  type Cost,
  isPaged,
  type Place,
  rowsOf,
  totalOf,
} from './cost.ts'
import type { CostNode, CostPlan, Values } from './plan.ts'

export interface CostLimits {
  /** Maximum points of an operation. */
  points: number
  /** Maximum estimated bytes of its answer. */
  bytes: number
}

type Unit = keyof Cost

/** Fields of the same name in the same place that differ only in response names and arguments. */
interface Step {
  name: string
  nodes: CostNode[]
}

export const fits = (cost: Cost, limits: CostLimits) =>
  cost.points <= limits.points && cost.bytes <= limits.bytes

/** The QUERY_TOO_COMPLEX error of an operation that exceeds a limit, with its most expensive path and a page size that fits. */
export function refusal(
  plan: CostPlan,
  variables: Values,
  cost: Cost,
  limits: CostLimits,
): AppError {
  const unit: Unit = cost.points / limits.points >= cost.bytes / limits.bytes ? 'points' : 'bytes'
  const path = dearestPath(plan, variables, unit)
  const whole =
    unit === 'points'
      ? `The operation costs about ${count(cost.points)} points; at most ${count(limits.points)} are allowed.`
      : `The answer would have about ${count(cost.bytes)} bytes; at most ${count(limits.bytes)} are allowed.`
  const place = `Most of it is ${describe(path)}.`
  return new AppError(
    'QUERY_TOO_COMPLEX',
    `${whole} ${place} ${advice(plan, variables, limits, path)}`,
  )
}

const count = (value: number) => Math.ceil(value).toLocaleString('en')

/** Path from the root down to where the cost splits. */
function dearestPath(plan: CostPlan, variables: Values, unit: Unit): Step[] {
  const path: Step[] = []
  let parts = plan.root.map((node): [CostNode, Place] => [
    node,
    { variables, cap: undefined, times: 1, fields: 1, page: 1 },
  ])
  while (parts.length > 0) {
    const sums = new Map<string, number>()
    for (const [node, place] of parts) {
      const total = { points: 0, bytes: 0 }
      addNode(total, node, place)
      sums.set(node.name, (sums.get(node.name) ?? 0) + total[unit])
    }
    const [name, most] = [...sums].reduce((a, b) => (b[1] > a[1] ? b : a))
    const chosen = parts.filter(([node]) => node.name === name)
    path.push({ name, nodes: chosen.map(([node]) => node) })
    const own = { points: 0, bytes: 0 }
    parts = chosen.flatMap(([node, place]) => {
      const inner = addOwn(own, node, place)
      const below = inner ? node.children.flat() : []
      return below.map((child): [CostNode, Place] => [child, inner as Place])
    })
    if (own[unit] > most / 2) break
  }
  return path
}

function describe(path: Step[]): string {
  const names = path.map(({ name, nodes }) =>
    nodes.length > 1 ? `${name} (${nodes.length} fields)` : name,
  )
  const shown = names.length > 12 ? ['…', ...names.slice(-12)] : names
  return shown.join(' > ')
}

function advice(plan: CostPlan, variables: Values, limits: CostLimits, path: Step[]): string {
  let best: { share: number; text: string } | undefined
  for (const { name, nodes } of path) {
    const now = Math.max(...nodes.map((node) => sizeNow(node, variables)))
    const most = largest(now, (most) => fits(totalOf(plan, variables, capOf(nodes, most)), limits))
    if (most === 0 || most / now <= (best?.share ?? 0)) continue
    best = { share: most / now, text: textOf(name, nodes, variables, most) }
  }
  return best?.text ?? 'Select fewer fields, or ask for them in several requests.'
}

const capOf = (nodes: readonly CostNode[], most: number): Cap => ({ nodes: new Set(nodes), most })

/** Number of entries that a field asks for; 0 if its arguments do not state it. */
function sizeNow(node: CostNode, variables: Values): number {
  const args = node.argsOf(variables)
  const { size } = node.cost
  if (typeof size === 'object') {
    const value = args[size.lengthOf]
    return Array.isArray(value) ? value.length : 0
  }
  if (!node.field.args.some(({ name }) => name === 'first')) return 0
  return rowsOf(args, isPaged(node) ? DEFAULT_PAGE : DEFAULT_TOP)
}

/** The largest number from 1 to `most` that passes, or 0. */
function largest(most: number, passes: (value: number) => boolean): number {
  let low = 0
  let high = most
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (passes(middle)) low = middle
    else high = middle - 1
  }
  return low
}

function textOf(name: string, [node]: CostNode[], variables: Values, most: number): string {
  const size = node?.cost.size
  if (typeof size === 'object') return `With at most ${most} entries in ${size.lengthOf} it fits.`
  const args = node?.argsOf(variables) ?? {}
  const argument = args.first == null && args.last != null ? 'last' : 'first'
  return `With ${argument}: ${most} on ${name} it fits.`
}
