/** LaTeX commands for journals in bibliographies of astronomy, as AASTeX and ADS define them. */
const JOURNALS: Record<string, string> = {
  aj: 'The Astronomical Journal',
  araa: 'Annual Review of Astronomy and Astrophysics',
  apj: 'The Astrophysical Journal',
  apjl: 'The Astrophysical Journal Letters',
  apjs: 'The Astrophysical Journal Supplement Series',
  aap: 'Astronomy & Astrophysics',
  aapr: 'The Astronomy and Astrophysics Review',
  aaps: 'Astronomy and Astrophysics Supplement Series',
  mnras: 'Monthly Notices of the Royal Astronomical Society',
  pasp: 'Publications of the Astronomical Society of the Pacific',
  pasj: 'Publications of the Astronomical Society of Japan',
  pasa: 'Publications of the Astronomical Society of Australia',
  pra: 'Physical Review A',
  prb: 'Physical Review B',
  prc: 'Physical Review C',
  prd: 'Physical Review D',
  pre: 'Physical Review E',
  prl: 'Physical Review Letters',
  nat: 'Nature',
  jcap: 'Journal of Cosmology and Astroparticle Physics',
  icarus: 'Icarus',
  solphys: 'Solar Physics',
  ssr: 'Space Science Reviews',
  jgr: 'Journal of Geophysical Research',
  grl: 'Geophysical Research Letters',
  planss: 'Planetary and Space Science',
  physrep: 'Physics Reports',
  apss: 'Astrophysics and Space Science',
  nar: 'New Astronomy Reviews',
  na: 'New Astronomy',
}

/** Replaces a command such as `\apj` with the name of the journal; returns any other text unchanged. */
export function withJournalName(text: string): string {
  const name = /^\s*\{?\s*\\([a-z]+)\s*\}?\s*$/.exec(text)?.[1] ?? ''
  return Object.hasOwn(JOURNALS, name) ? (JOURNALS[name] ?? text) : text
}
