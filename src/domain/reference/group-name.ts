const OF_GROUPS =
  /\b(?:agency|alliance|association|cent(?:er|re)s?|collaborations?|college|committee|community|company|consortium|consortia|contributors|corp|corporation|council|department|federation|foundation|gmbh|group|hospital|inc|initiative|institut(?:e|es|o)?|investigators|laborator(?:y|ies)|labs?|llc|ltd|ministry|network|organi[sz]ations?|organi[sz]ers|participants|program(?:me)?|project|research|school|societ(?:y|ies)|task force|teams?|universit(?:y|ies|at|e)|workshop)\b/

/** Whether a name is that of a group or an organisation, and not of a person. Takes it as `nameKey` writes it. */
export const isGroupName = (key: string): boolean => OF_GROUPS.test(key)
