const OF_GROUPS =
  /\b(?:academ(?:y|ia)|administration|agency|alliance|associated press|association|authority|cent(?:er|re)s?|collaborations?|college|commission|committee|community|company|consortium|consortia|contributors|corp|corporation|council|department|federation|foundation|fundacion|gmbh|group|hospital|inc|initiative|institut(?:e|es|et|o)?|investigators|laborator(?:y|ies)|labs?|llc|ltd|ministry|network|organi[sz]ations?|organi[sz]ers|participants|program(?:me)?|project|research|school|sociedad|societ(?:y|ies)|task force|teams?|universi(?:ty|ties|tat|ta|te|dad|dade)|workshop|\p{L}{3,}(?:amt|anstalt|gemeinschaft|gesellschaft|kommission|ministerium|verband|verein))\b/u

/** Whether a name is that of a group or an organisation, and not of a person. Takes it as `nameKey` writes it. */
export const isGroupName = (key: string): boolean => OF_GROUPS.test(key)
