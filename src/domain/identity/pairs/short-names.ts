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

/** Names of other scripts in the spellings that one person prints, of one name a line. */
const SPELLINGS = `
abdallah abdullah abdulla
ahmad ahmed
aleksandr alexander alexandr alexandre
aleksei aleksey alexei alexey
anatolii anatoly
andrei andrey andrii andriy
dmitri dmitrii dmitriy dmitry
evgenii evgeniy evgeny
gennadii gennady
georgii georgy
grigorii grigory
hasan hassan
hosein hossein husain hussain hussein
ibrahim ibraheem
ilia ilya
iurii iuri yuri yurii yury
kareem karim
maksim maxim
mahmood mahmoud mahmud
mikhail mihail
moustafa mostafa mustafa mustapha
mohamad mohamed mohammad mohammed muhammad muhammed
nikolai nikolay nikolaj
oleksandr olexandr
saeed said saied
sergei sergey sergii sergiy
tareq tarek tariq
tatiana tatyana
valerii valery
vasilii vasily
vitalii vitaliy vitaly
volodymyr volodimir
yousef youssef yusef yusuf
`

const SPELLING_OF = new Map(
  SPELLINGS.trim()
    .split('\n')
    .flatMap((line) => line.split(' ').map((name): [string, string] => [name, line])),
)

/** Whether one of two given names is a short form of the other, or another spelling: other given names that differ are two people's. */
export function isShortForm(a: string, b: string): boolean {
  const spellings = SPELLING_OF.get(a)
  return (
    (spellings !== undefined && spellings === SPELLING_OF.get(b)) ||
    (LONG_FORMS.get(a)?.has(b) ?? false) ||
    (LONG_FORMS.get(b)?.has(a) ?? false)
  )
}
