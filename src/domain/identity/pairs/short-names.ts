/** Short forms of given names that begin with the same letter, each with the names that it stands for. */
const SHORT_FORMS = `
alex: aleksandr alexander alexandra alexandre alexandros
andy: andreas andrew
ben: benjamin
charlie: charles
chris: christian christina christine christoph christopher christos
dan: daniel daniele
danny: daniel
dave: david
doug: douglas
ed: edgar eduard edward edwin
fred: frederic frederick frederik
greg: gregor gregory
jeff: jeffery jeffrey
jim: james
joe: joseph
jon: jonathan
kate: katherine kathryn
kathy: katharine katherine kathleen kathryn
ken: kenneth
larry: lawrence
matt: matteo matthew matthias
max: maximilian maxime maxwell
mike: michael mikhail
nate: nathan nathaniel
nick: nicholas nicolas nikolaos
pat: patricia patrick
pete: peter
phil: philip philipp philippe phillip
rich: richard
rick: richard
rob: robert roberto
ron: ronald
russ: russell
sam: samantha samuel
steve: stephen steven
sue: susan
tim: timothy
tom: thomas tomas
tony: antonio antonios
vic: victor viktor
vince: vincent vincenzo
will: william
zach: zachary
`

const LONG_FORMS = new Map(
  SHORT_FORMS.trim()
    .split('\n')
    .map((line) => {
      const [short = '', long = ''] = line.split(': ')
      return [short, new Set(long.split(' '))]
    }),
)

/** Whether one of two given names is a short form of the other: other given names that differ are two people's. */
export function isShortForm(a: string, b: string): boolean {
  return (LONG_FORMS.get(a)?.has(b) ?? false) || (LONG_FORMS.get(b)?.has(a) ?? false)
}
