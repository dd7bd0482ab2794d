/**
 * Universities with several campuses, each of which is one, by their names in the spelling of `namesInAffiliation`, and the campus that is meant where none is
 * printed, where there is one. "University of California" alone is ten.
 */
const SYSTEMS = new Map(
  `university of california=;university of texas=austin;university of illinois=urbana champaign;university of wisconsin=madison;university of north carolina=chapel hill;
  university of massachusetts=amherst;university of colorado=boulder;university of nebraska=lincoln;university of tennessee=knoxville;university of missouri=columbia;
  university of alabama=tuscaloosa;university of arkansas=fayetteville;university of alaska=;university of hawaii=manoa;university of louisiana=lafayette;
  university of maine=orono;university of maryland=college park;university of michigan=ann arbor;university of minnesota=minneapolis;
  indiana university=bloomington;washington university=st louis;new york state=;city new york university=;california state=;california polytechnic state=san luis obispo;
  pennsylvania state=university park;texas agricultural mechanical university=college station;louisiana state=baton rouge;
  indian institute tech=;national institute tech=;birla institute tech science=pilani;indian information institute tech=;information institute international tech=;
  university paris=;london university=;national university vietnam=;university of wales=`
    .split(/;\s*/)
    .map((entry): [string, string] => {
      const [name = '', campus = ''] = entry.split('=')
      return [
        name
          .split(' ')
          .filter((word) => word !== 'of')
          .sort()
          .join(' '),
        campus,
      ]
    }),
)

export const isOfCampuses = (name: string): boolean => SYSTEMS.has(name)

/** The campus that the name means where none is printed; an empty text where none is. */
export const mainCampus = (name: string): string => SYSTEMS.get(name) ?? ''
