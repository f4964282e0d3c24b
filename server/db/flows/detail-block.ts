import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { z } from 'zod'

const blockSchema = z.array(z.tuple([z.string(), z.string()]))
/** A block is unpacked whole for one record; what claims to be larger is damaged. */
const maxBytes = 64 * 1024 * 1024

type Detailed = { readonly key: bigint; readonly detail: string }

/** Details of some hundred records as one deflated block: alike as they are, they shrink to about a tenth. */
export const packDetails = (records: readonly Detailed[]): Buffer =>
  deflateRawSync(JSON.stringify(records.map(({ key, detail }) => [BigInt.asUintN(64, key).toString(36), detail])))

/** The detail of one record out of a block; null where the block has no such record. */
export function unpackDetail(block: Uint8Array, key: bigint): string | null {
  const name = BigInt.asUintN(64, key).toString(36)
  const text = inflateRawSync(block, { maxOutputLength: maxBytes }).toString()
  return blockSchema.parse(JSON.parse(text)).find(([known]) => known === name)?.[1] ?? null
}
