type Entry = Record<string, unknown>

/**
 * Institutions of many authors of the sample: name as printed when it is the whole affiliation, short form, domain, ROR id. ROR has the
 * companies, but not their research departments.
 */
const INSTITUTIONS: [name: string, acronym: string, domain: string, ror: string | null][] = [
  ['Allen Institute for AI', 'AI2', 'allenai.org', '05w520734'],
  ['Carnegie Mellon University', 'CMU', 'cmu.edu', '05x2bcf33'],
  ['Columbia University', '', 'columbia.edu', '00hj8s172'],
  ['Cornell University', '', 'cornell.edu', '05bnh6r87'],
  ['ETH Zurich', 'ETH', 'ethz.ch', '05a28rw58'],
  ['Fudan University', '', 'fudan.edu.cn', '013q1eq08'],
  ['Georgia Institute of Technology', '', 'gatech.edu', '01zkghx44'],
  ['Google Research', '', 'research.google', null],
  ['Harvard University', '', 'harvard.edu', '03vek6s52'],
  ['Johns Hopkins University', 'JHU', 'jhu.edu', '00za53h95'],
  ['Massachusetts Institute of Technology', 'MIT', 'mit.edu', '042nb2s44'],
  ['Microsoft Research', 'MSR', 'research.microsoft.com', null],
  ['Nanyang Technological University', 'NTU', 'ntu.edu.sg', '02e7b5302'],
  ['National University of Singapore', 'NUS', 'nus.edu.sg', '01tgyzw49'],
  ['New York University', 'NYU', 'nyu.edu', '0190ak572'],
  ['Peking University', 'PKU', 'pku.edu.cn', '02v51f717'],
  ['Princeton University', '', 'princeton.edu', '00hx57361'],
  ['Seoul National University', 'SNU', 'snu.ac.kr', '04h9pn542'],
  ['Shanghai Jiao Tong University', 'SJTU', 'sjtu.edu.cn', '0220qvk04'],
  ['Stanford University', '', 'stanford.edu', '00f54p054'],
  ['Tsinghua University', 'THU', 'tsinghua.edu.cn', '03cve4549'],
  ['University of Amsterdam', 'UvA', 'uva.nl', '04dkp9463'],
  ['University of California, Los Angeles', 'UCLA', 'ucla.edu', '046rm7j60'],
  ['University of Cambridge', '', 'cam.ac.uk', '013meh722'],
  ['University of Copenhagen', 'UCPH', 'ku.dk', '035b05819'],
  ['University of Edinburgh', '', 'ed.ac.uk', '01nrxwf90'],
  ['University of Illinois at Urbana-Champaign', 'UIUC', 'illinois.edu', '047426m28'],
  ['University of Michigan', '', 'umich.edu', '00jmfr291'],
  ['University of Oxford', '', 'ox.ac.uk', '052gg0110'],
  ['University of Pennsylvania', '', 'upenn.edu', '00b30xv10'],
  ['University of Southern California', 'USC', 'usc.edu', '03taz7m60'],
  ['University of Washington', 'UW', 'washington.edu', '00cvxb145'],
  ['Zhejiang University', 'ZJU', 'zju.edu.cn', '00a2xv884'],
]

/** ROR ids of the institutions that have one. */
export const INSTITUTION_RORS = INSTITUTIONS.flatMap(([, , , ror]) => ror ?? [])

/** Adds columns to an entry that name these institutions for authors whose whole affiliation is one of them. */
export function withInstitutions(entry: Entry): Entry {
  const printed = String(entry.aff ?? '').split(';')
  const places = printed.map((one) =>
    INSTITUTIONS.findIndex(([name]) => name === one.trim().replace(/^The /, '')),
  )
  const used = [...new Set(places.filter((place) => place >= 0))]
  if (used.length === 0) return entry
  const column = (at: 0 | 1 | 2) => used.map((place) => INSTITUTIONS[place]?.[at] ?? '').join(';')
  return {
    ...entry,
    aff_unique_index: places.map((place) => (place < 0 ? '' : used.indexOf(place))).join(';'),
    aff_unique_norm: column(0),
    aff_unique_abbr: column(1),
    aff_unique_url: column(2),
  }
}
