/**
 * The start of the loop in which GraphiQL searches its documentation. It matches types by name, and continues with the next type if this
 * one has no fields.
 */
const TYPES =
  /if\(([\w$]+)!==([\w$]+)&&([\w$]+)\([\w$]+,([\w$]+)\)&&([\w$]+)\.types\.push\(\{type:\2\}\),(?:!?[\w$]+\(\2\)(?:&&)?)+\)continue;/
/** The place where GraphiQL opens the chosen result: the page of a field or of a type. */
const CHOSEN = /"field"in ([\w$]+)\?\{name:\1\.field\.name/

/**
 * Patches GraphiQL's script so that its documentation search also finds enum values and opens their enum; on its own it finds types, fields
 * and arguments. A script without these places is returned unchanged.
 */
export function withEnumValuesFound(script: string): string {
  // On the page of a field, the first name refers to the field, which is not a type.
  const withValues = script.replace(TYPES, (loop, own, type, isMatch, wanted, found) =>
    loop.replace(
      /continue;$/,
      `{if(${type}?.getValues)for(const value of ${type}.getValues())if(${isMatch}(value.name,${wanted}))${found}[${own}===${type}?"within":"fields"].push({type:${type},field:value,isValue:true});continue}`,
    ),
  )
  return withValues === script || !CHOSEN.test(script)
    ? script
    : withValues.replace(CHOSEN, '"field"in $1&&!$1.isValue?{name:$1.field.name')
}
