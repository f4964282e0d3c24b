const slabBytes = 1 << 20

/**
 * Room for many small messages in few big allocations. What is taken lives as long as its slab, so
 * everything taken here should be kept about equally long.
 */
export type Slabs = { take(bytes: number): Buffer }

export function createSlabs(): Slabs {
  let slab = Buffer.allocUnsafeSlow(slabBytes)
  let used = 0
  return {
    take(bytes) {
      if (bytes > slabBytes) return Buffer.allocUnsafeSlow(bytes)
      if (used + bytes > slabBytes) {
        slab = Buffer.allocUnsafeSlow(slabBytes)
        used = 0
      }
      used += bytes
      return slab.subarray(used - bytes, used)
    },
  }
}
