import Negotiator from 'negotiator'
import { byHeader } from './by-header.ts'

export const JSON_TYPE = 'application/json; charset=utf-8'
const RESPONSE_TYPE = 'application/graphql-response+json; charset=utf-8'

/** Media types of answers, in order of preference among those that a client accepts equally. */
const USUAL = [JSON_TYPE, RESPONSE_TYPE] as const
export type MediaType = (typeof USUAL)[number]

/** Stream types, which Yoga also uses for single answers to clients that accept nothing else. */
const STREAMS = ['text/event-stream', 'multipart/mixed']

/** Media type of an answer; undefined if the client accepts none of those served. */
export type ChosenType = MediaType | (string & {}) | undefined

export function isUsual(type: ChosenType): type is MediaType {
  return type === JSON_TYPE || type === RESPONSE_TYPE
}

/** Parameters of media ranges other than their weight. They are ignored, because every answer is UTF-8. */
const OTHER_PARAMETERS = /;\s*(?!q\s*=)[^;,]*/gi

/** Chooses the media type by the Accept header, and caches the choice. */
export function createMediaTypeChooser(): (accept: string | undefined) => ChosenType {
  const typeOf = byHeader(choose)
  return (accept) => (accept ? typeOf(accept) : JSON_TYPE)
}

function choose(accept: string): ChosenType {
  const negotiator = new Negotiator({ headers: { accept: accept.replace(OTHER_PARAMETERS, '') } })
  return negotiator.mediaType([...USUAL]) ?? negotiator.mediaType(STREAMS)
}
