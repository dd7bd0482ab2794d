import type { MemberPlan, ObjectPlan, ReadPlan, ValuePlan } from './read-plan.ts'

/** A readable plan: one line per member, with the members of its objects below it. */
export function printPlan({ root }: Pick<ReadPlan, 'root'>): string {
  return [root.type, ...linesOf(root)].join('\n')
}

function linesOf({ members }: ObjectPlan): string[] {
  return members.flatMap((member) => [printMember(member), ...linesBelow(member)]).map(indented)
}

function printMember({ key, field, value, objects }: MemberPlan): string {
  const [only, ...others] = objects
  const name = key === field ? key : `${key} (${field})`
  const type = only && others.length === 0 ? ` → ${only.type}` : ''
  return `${name}: ${printValue(value)}${type}`
}

function linesBelow({ objects }: MemberPlan): string[] {
  const [only, ...others] = objects
  if (only && others.length === 0) return linesOf(only)
  return objects
    .filter(({ members }) => members.length > 0)
    .flatMap((one) => [`  on ${one.type}`, ...linesOf(one).map(indented)])
}

const indented = (line: string) => `  ${line}`

function printValue(value: ValuePlan): string {
  switch (value.kind) {
    case 'typename':
      return 'name of the type'
    case 'globalId':
      return `id of a ${value.of}`
    case 'column':
      return `column ${value.column}${value.form ? ` as ${value.form}` : ''}`
    case 'one':
      return `relation ${value.relation}`
    case 'list':
      return `list ${value.relation}${value.isWhole ? '' : ' in part'}`
    case 'page':
      return `page of ${value.relation}, first ${value.limit}`
    case 'part':
      return value.through === undefined ? value.part : `${value.part} through ${value.through}`
    case 'source':
      return 'rows'
    case 'resolver':
      return value.reads.length > 0 ? `resolver, reads ${value.reads.join(', ')}` : 'resolver'
  }
}
