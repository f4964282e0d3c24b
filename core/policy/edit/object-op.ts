import { isFields } from '../read'
import { type Path, pathText } from './path'

/** A change of plain data. `set` makes what is not there; maps on the way are made too. */
export type Op =
  | { readonly op: 'set'; readonly path: Path; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: Path }
  /** Before the item at `path`, or behind the last. */
  | { readonly op: 'insert'; readonly path: Path; readonly value: unknown }
  /** Puts the item at `path` where it is then the one at `to`. */
  | { readonly op: 'move'; readonly path: Path; readonly to: number }

export const set = (path: Path, value: unknown): Op => ({ op: 'set', path, value })
export const remove = (path: Path): Op => ({ op: 'remove', path })
export const move = (path: Path, to: number): Op => ({ op: 'move', path, to })
export const insert = (path: Path, value: unknown): Op => ({ op: 'insert', path, value })

/** What stands at a path; undefined: nothing. */
export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => {
    if (Array.isArray(value)) return typeof step === 'number' ? value[step] : undefined
    return isFields(value) && Object.hasOwn(value, step) ? value[step] : undefined
  }, root)
}

/** The data with the changes, made one behind the other. */
export const applyOps = (root: unknown, ops: readonly Op[]): unknown => ops.reduce<unknown>(applyOp, root)

function applyOp(root: unknown, op: Op): unknown {
  return changed(root, op.path, op)
}

function changed(value: unknown, path: Path, op: Op): unknown {
  const [step, ...rest] = path
  if (step === undefined) return op.op === 'set' ? op.value : value
  const last = rest.length === 0
  if (typeof step === 'number') {
    const items: readonly unknown[] = Array.isArray(value) ? value : []
    if (last && op.op === 'insert') return [...items.slice(0, step), op.value, ...items.slice(step)]
    if (last && op.op === 'remove') return items.filter((_, i) => i !== step)
    if (last && op.op === 'move') {
      const others = items.filter((_, i) => i !== step)
      return [...others.slice(0, op.to), items[step], ...others.slice(op.to)]
    }
    if (step > items.length) throw new RangeError(`nothing stands at ${pathText(op.path)}`)
    return [...items.slice(0, step), changed(items[step], rest, op), ...items.slice(step + 1)]
  }
  const fields = isFields(value) ? value : {}
  if (last && op.op === 'remove') return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== step))
  return { ...fields, [step]: changed(Object.hasOwn(fields, step) ? fields[step] : undefined, rest, op) }
}

/** Whether two values of plain data say the same; the order of keys says nothing. */
export function sameData(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => sameData(item, b[i]))
  if (!isFields(a) || !isFields(b)) return false
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameData(a[key], b[key]))
}
