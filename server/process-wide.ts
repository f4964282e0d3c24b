/**
 * One value per process under this name, made at first use. Next bundles routes and instrumentation
 * apart, so a module's own variables exist more than once.
 */
export function processWide<T>(name: string, make: () => T): T {
  const key = Symbol.for(`oriel.${name}`)
  const holder = globalThis as unknown as Record<symbol, T | undefined>
  return (holder[key] ??= make())
}
