import { type GraphQLResolveInfo, getNamedType, getNullableType, isListType } from 'graphql'
import type { RelationSelection, Selection } from '../../sql/selection.ts'
import { keyOfNodes } from '../loaders.ts'
import { planOf } from './plans.ts'
import type { MemberPlan, ObjectPlan, ReadPlan } from './read-plan.ts'

/** The columns and relations to read for resolvers: each once, whatever the response names. */
interface MutableSelection extends Selection {
  columns: Set<string>
  relations: Map<string, RelationSelection>
}

const newSelection = (): MutableSelection => ({ columns: new Set(), relations: new Map() })

/** What the query selects on the object that the current field returns; `typeName` is required if it may be of several types. */
export function selectionOf(info: GraphQLResolveInfo, typeName?: string): Selection {
  // Entries of a list may recur under other parents, and with them their own lists.
  const isSingle = typeName !== undefined || !isListType(getNullableType(info.returnType))
  const object = objectAt(info, typeName)
  return kept(isSingle ? singles : entries, object, () => {
    const selection = newSelection()
    addObject(selection, object, isSingle)
    return selection
  })
}

/** A type and a field selected on it. */
export type Step = readonly [type: string, field: string]

/**
 * What the query selects on objects of one type below the current field, merged over all paths. Each path is a chain of fields, starting at
 * a type that the current field may return.
 */
export function selectionBelow(
  info: GraphQLResolveInfo,
  typeName: string,
  paths: readonly (readonly Step[])[],
): Selection {
  const endsOf = (path: readonly Step[]) => {
    const [first] = path
    const from = first ? [objectAt(info, first[0])] : []
    return path.reduce(follow, from).filter(({ type }) => type === typeName)
  }
  const key = `${typeName} at ${paths.join(' ')} below ${keyOfNodes(info.fieldNodes)}`
  const plan = planOf(info)
  const known = below.get(plan) ?? new Map<string, Selection>()
  below.set(plan, known)
  const selection = known.get(key) ?? entriesOf(paths.flatMap(endsOf))
  known.set(key, selection)
  return selection
}

const below = new WeakMap<ReadPlan, Map<string, Selection>>()

function entriesOf(objects: readonly ObjectPlan[]): Selection {
  const selection = newSelection()
  for (const object of objects) addObject(selection, object)
  return selection
}

const follow = (objects: readonly ObjectPlan[], [typeName, name]: Step): ObjectPlan[] =>
  objects
    .filter(({ type }) => type === typeName)
    .flatMap(({ members }) => members)
    .flatMap(({ field, objects }) => (field === name ? objects : []))

/** What the query selects on each row of the connection that the current field returns; null if it selects no rows. */
export function rowSelectionOf(info: GraphQLResolveInfo): Selection | null {
  const connection = objectAt(info)
  return kept(rows, connection, () => {
    const selection = newSelection()
    return addRows(selection, connection) ? selection : null
  })
}

/** The plan of the object that the current field returns. */
function objectAt(info: GraphQLResolveInfo, typeName?: string): ObjectPlan {
  return planOf(info).objectOf(typeName ?? getNamedType(info.returnType).name, info.fieldNodes)
}

const singles = new WeakMap<ObjectPlan, Selection>()
const entries = new WeakMap<ObjectPlan, Selection>()
const rows = new WeakMap<ObjectPlan, Selection | null>()

/** Returns the same selection for the same plan, because codecs are cached by selection. */
function kept<T>(by: WeakMap<ObjectPlan, T>, object: ObjectPlan, make: () => T): T {
  const known = by.get(object)
  if (known !== undefined) return known
  const made = make()
  by.set(object, made)
  return made
}

function addObject(selection: MutableSelection, object: ObjectPlan, isSingle = false): void {
  for (const member of object.members) addMember(selection, member, isSingle)
}

function addMember(
  selection: MutableSelection,
  { value, objects }: MemberPlan,
  isSingle: boolean,
): void {
  switch (value.kind) {
    case 'column':
      selection.columns.add(value.column)
      return
    case 'resolver':
    case 'part':
      for (const column of value.reads) selection.columns.add(column)
      return
    case 'one':
    case 'list':
      addRelation(selection, value.relation, 1, (inner) => {
        for (const object of objects) addObject(inner, object)
        return true
      })
      return
    case 'page':
      if (value.count !== undefined) selection.columns.add(value.count)
      if (value.isLong && !isSingle) return
      addRelation(selection, value.relation, value.limit, (inner) =>
        objects.some((object) => addRows(inner, object)),
      )
  }
}

/** Adds a relation with what `add` selects on it, if `add` returns true. */
function addRelation(
  { relations }: MutableSelection,
  name: string,
  limit: number,
  add: (inner: MutableSelection) => boolean,
): void {
  const known = relations.get(name)
  const selection = (known?.selection as MutableSelection | undefined) ?? newSelection()
  if (add(selection)) relations.set(name, { limit: Math.max(limit, known?.limit ?? 0), selection })
}

/** Adds what a connection selects on each of its rows; returns whether it selects rows at all. */
function addRows(selection: MutableSelection, { members }: ObjectPlan): boolean {
  let isWanted = false
  for (const member of members) {
    const { value, objects } = member
    isWanted ||= !isAside(member)
    addMember(selection, member, false)
    if (value.kind !== 'part') continue
    if (value.part === 'nodes') addNodes(selection, member)
    if (value.part !== 'edges') continue
    for (const edge of objects)
      for (const one of edge.members) {
        addMember(selection, one, false)
        if (one.value.kind === 'part' && one.value.part === 'node') addNodes(selection, one)
      }
  }
  return isWanted
}

/** Whether a member of a connection needs no rows. */
function isAside({ value }: MemberPlan): boolean {
  if (value.kind === 'part') return value.part === 'totalCount'
  return value.kind === 'typename' || (value.kind === 'resolver' && value.isAside)
}

/** Adds what is selected on the nodes: on the rows themselves, or on what they link to. */
function addNodes(selection: MutableSelection, { value, objects }: MemberPlan): void {
  const through = value.kind === 'part' ? value.through : undefined
  const add = (inner: MutableSelection) => {
    for (const object of objects) addObject(inner, object)
    return true
  }
  if (through === undefined) add(selection)
  else addRelation(selection, through, 1, add)
}
