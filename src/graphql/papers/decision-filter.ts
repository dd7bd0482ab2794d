import { builder } from '../builder.ts'
import { DecisionOutcomeEnum, PresentationEnum } from '../enums.ts'
import { withObjectForm } from '../input-forms.ts'

export const DecisionFilterInput = builder.inputType('PaperDecisionFilter', {
  description: 'Conditions that one decision of a paper must meet.',
  fields: (t) => ({
    venues: t.stringList({
      ...withObjectForm({ any: 'venues' }),
      description: 'Submitted to one of these venues, by their slugs; also if not accepted.',
    }),
    years: t.intList({
      ...withObjectForm({ any: 'years' }),
      description: 'Of one of these years of the venue.',
    }),
    outcome: t.field({
      ...withObjectForm({ any: 'outcome' }),
      type: [DecisionOutcomeEnum],
      description: 'One of these decisions.',
    }),
    presentation: t.field({
      ...withObjectForm({ any: 'presentation' }),
      type: [PresentationEnum],
      description: 'Presented in one of these forms.',
    }),
    hasAward: t.boolean({
      description: 'true: with an award, more than a nomination; false: without.',
    }),
    awards: t.stringList({
      ...withObjectForm({ any: 'awards' }),
      description:
        'With one of these awards or nominations; case, year and the word "award" make no difference.',
    }),
    sessions: t.stringList({
      ...withObjectForm({ any: 'sessions' }),
      description: 'In one of these sessions, case-insensitive.',
    }),
    areas: t.stringList({
      ...withObjectForm({ any: 'areas' }),
      description: 'In one of these subject areas, case-insensitive.',
    }),
    minRating: t.float({
      description: 'Minimum mean of review ratings, on the scale of the venue.',
    }),
    maxRating: t.float({
      description: 'Maximum mean of review ratings, on the scale of the venue.',
    }),
  }),
})
