/**
 * The start of the loop in which GraphiQL searches its documentation: it takes types by their names, and goes on to the next unless the
 * type has fields.
 */
const TYPES =
  /if\(([\w$]+)!==([\w$]+)&&([\w$]+)\([\w$]+,([\w$]+)\)&&([\w$]+)\.types\.push\(\{type:\2\}\),(?:!?[\w$]+\(\2\)(?:&&)?)+\)continue;/
/** Where it opens what was chosen: the page of the field, or of the type. */
const CHOSEN = /"field"in ([\w$]+)\?\{name:\1\.field\.name/

/**
 * GraphiQL's script, whose search of the documentation finds values of enums as well and opens their enum; it finds types, fields and
 * arguments by itself. A script that has none of these places is returned unchanged.
 */
export function withEnumValuesFound(script: string): string {
  // On the page of a field, the first name is that of the field, which is not a type.
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
