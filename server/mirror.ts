import type { z } from 'zod'

type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false

/**
 * A zod schema that mirrors a type of core, in both directions: `mirror<Graph>()(z.object({…}))`
 * does not compile when a field is missing, too many, optional or of another type.
 */
export const mirror =
  <T>() =>
  <S extends z.ZodType>(
    schema: Same<DeepReadonly<z.output<S>>, DeepReadonly<T>> extends true ? S : never,
  ): z.ZodType<T> =>
    schema as unknown as z.ZodType<T>
