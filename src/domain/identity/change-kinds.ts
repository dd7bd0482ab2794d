/** What an identifier that arrives later makes, or says, of an author who was there before. */
export const IDENTITY_CHANGES = ['confirmed', 'joined', 'split', 'moved', 'contradicted'] as const
export type IdentityChangeKind = (typeof IDENTITY_CHANGES)[number]
