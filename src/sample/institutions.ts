type Entry = Record<string, unknown>

/** Institutions of many authors of the sample, each as its affiliation is printed in whole: name, short form, home page. */
const INSTITUTIONS: [name: string, acronym: string, domain: string][] = [
  ['Allen Institute for AI', 'AI2', 'allenai.org'],
  ['Carnegie Mellon University', 'CMU', 'cmu.edu'],
  ['Columbia University', '', 'columbia.edu'],
  ['Cornell University', '', 'cornell.edu'],
  ['ETH Zurich', 'ETH', 'ethz.ch'],
  ['Fudan University', '', 'fudan.edu.cn'],
  ['Georgia Institute of Technology', '', 'gatech.edu'],
  ['Google Research', '', 'research.google'],
  ['Harvard University', '', 'harvard.edu'],
  ['Johns Hopkins University', 'JHU', 'jhu.edu'],
  ['Massachusetts Institute of Technology', 'MIT', 'mit.edu'],
  ['Microsoft Research', 'MSR', 'research.microsoft.com'],
  ['Nanyang Technological University', 'NTU', 'ntu.edu.sg'],
  ['National University of Singapore', 'NUS', 'nus.edu.sg'],
  ['New York University', 'NYU', 'nyu.edu'],
  ['Peking University', 'PKU', 'pku.edu.cn'],
  ['Princeton University', '', 'princeton.edu'],
  ['Seoul National University', 'SNU', 'snu.ac.kr'],
  ['Shanghai Jiao Tong University', 'SJTU', 'sjtu.edu.cn'],
  ['Stanford University', '', 'stanford.edu'],
  ['Tsinghua University', 'THU', 'tsinghua.edu.cn'],
  ['University of Amsterdam', 'UvA', 'uva.nl'],
  ['University of California, Los Angeles', 'UCLA', 'ucla.edu'],
  ['University of Cambridge', '', 'cam.ac.uk'],
  ['University of Copenhagen', 'UCPH', 'ku.dk'],
  ['University of Edinburgh', '', 'ed.ac.uk'],
  ['University of Illinois at Urbana-Champaign', 'UIUC', 'illinois.edu'],
  ['University of Michigan', '', 'umich.edu'],
  ['University of Oxford', '', 'ox.ac.uk'],
  ['University of Pennsylvania', '', 'upenn.edu'],
  ['University of Southern California', 'USC', 'usc.edu'],
  ['University of Washington', 'UW', 'washington.edu'],
  ['Zhejiang University', 'ZJU', 'zju.edu.cn'],
]

/** The entry with the columns that name these institutions beside authors whose affiliation is one of them and nothing else. */
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
