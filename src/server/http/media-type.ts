import Negotiator from 'negotiator'
import { byHeader } from './by-header.ts'

export const JSON_TYPE = 'application/json; charset=utf-8'
const RESPONSE_TYPE = 'application/graphql-response+json; charset=utf-8'

/** The media types of answers. Of those that a client likes as much, the first is sent. */
const USUAL = [JSON_TYPE, RESPONSE_TYPE] as const
export type MediaType = (typeof USUAL)[number]

/** Types of streams, in which Yoga also sends single answers to clients that accept nothing else. */
const STREAMS = ['text/event-stream', 'multipart/mixed']

/** What an answer is sent as; undefined where a client accepts nothing that is served. */
export type ChosenType = MediaType | (string & {}) | undefined

export function isUsual(type: ChosenType): type is MediaType {
  return type === JSON_TYPE || type === RESPONSE_TYPE
}

/** Parameters of media ranges other than their weight: nothing depends on them, as all that is sent is UTF-8. */
const OTHER_PARAMETERS = /;\s*(?!q\s*=)[^;,]*/gi

/** Chooses what an answer is sent as by the request's Accept header, each of which is read once. */
export function createMediaTypeChooser(): (accept: string | undefined) => ChosenType {
  const typeOf = byHeader(choose)
  return (accept) => (accept ? typeOf(accept) : JSON_TYPE)
}

function choose(accept: string): ChosenType {
  const negotiator = new Negotiator({ headers: { accept: accept.replace(OTHER_PARAMETERS, '') } })
  return negotiator.mediaType([...USUAL]) ?? negotiator.mediaType(STREAMS)
}
