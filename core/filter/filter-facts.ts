import type { EncryptionDraft } from '../encryption/edge-encryption'
import type { Endpoint } from '../endpoint'
import { type Filter, leavesOf } from './filter-ast'
import type { Role } from '../inventory/role'
import type { Edge } from '../world'

/** What is known of endpoints beyond their names; '' and null where nothing is. */
export type FilterFacts = {
  readonly team: (endpoint: Endpoint) => string
  readonly app: (endpoint: Endpoint) => string
  readonly role: (endpoint: Endpoint) => Role | null
  /** What is asked on an edge; empty where nobody told, or where it was not asked for. */
  readonly operations: (edge: Edge) => readonly string[]
  /** What protected an edge; null where the edge is not known, or nothing of a World is. */
  readonly encryption: ((edge: Edge) => EncryptionDraft | null) | null
  /** Was it not there in the window before? null where that window was not asked for. */
  readonly isNew: ((part: Edge | Endpoint) => boolean) | null
}

export const noFacts: FilterFacts = {
  team: () => '',
  app: () => '',
  role: () => null,
  operations: () => [],
  encryption: null,
  isNew: null,
}

/** Whether a filter asks what the window before knew. */
export const asksBefore = (filter: Filter): boolean =>
  leavesOf(filter).some((leaf) => leaf.type === 'term' && leaf.field === 'is' && leaf.value.toLowerCase() === 'new')

/** Whether a filter asks what is asked on edges. */
export const asksOperations = (filter: Filter): boolean =>
  leavesOf(filter).some((leaf) => leaf.type === 'term' && leaf.field === 'op')
