import type { Author, AuthorIdentifierRow } from '../domain/entity/author.ts'
import type { Authorship } from '../domain/entity/authorship.ts'
import type { UnresolvedReference } from '../domain/entity/citation.ts'
import type { Paper, PaperIdentifierRow } from '../domain/entity/paper.ts'
import type { Publication } from '../domain/entity/publication.ts'
import type { Repository } from '../domain/entity/repository.ts'
import type { Topic } from '../domain/entity/topic.ts'
import type { Venue } from '../domain/entity/venue.ts'
import type { ImportJob } from '../domain/imports/job.ts'
import type { Institution } from '../domain/institutions/institution.ts'
import { builder } from './builder.ts'

export const PaperRef = builder.objectRef<Paper>('Paper')
export const AuthorRef = builder.objectRef<Author>('Author')
export const AuthorshipRef = builder.objectRef<Authorship>('Authorship')
export const TopicRef = builder.objectRef<Topic>('Topic')
export const InstitutionRef = builder.objectRef<Institution>('Institution')
export const VenueRef = builder.objectRef<Venue>('Venue')
export const RepositoryRef = builder.objectRef<Repository>('Repository')
export const IdentifierRef = builder.objectRef<PaperIdentifierRow>('Identifier')
export const AuthorIdentifierRef = builder.objectRef<AuthorIdentifierRow>('AuthorIdentifier')
export const UnresolvedReferenceRef = builder.objectRef<UnresolvedReference>('UnresolvedReference')
export const PublicationRef = builder.objectRef<Publication>('Publication')
export const ImportRef = builder.objectRef<ImportJob>('Import')
export const NodeRef = builder.interfaceRef<{ id: number }>('Node')
