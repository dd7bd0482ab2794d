/** Effects that an identifier arriving later can have on an existing author. */
export const IDENTITY_CHANGES = ['confirmed', 'joined', 'split', 'moved', 'contradicted'] as const
export type IdentityChangeKind = (typeof IDENTITY_CHANGES)[number]
