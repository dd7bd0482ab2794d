/**
 * Universities with several campuses, each a separate institution: names in the spelling of `namesInAffiliation`, each with its main campus, which is meant
 * if none is printed. Empty if there is no main campus: "University of California" alone may mean any of ten.
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

/** The main campus; an empty text if there is none. */
export const mainCampus = (name: string): string => SYSTEMS.get(name) ?? ''
