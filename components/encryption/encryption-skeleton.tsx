import { Skeleton } from '../ui/skeleton'
import { gridClass } from './grid'

/** Places of the cards to come, in their final sizes. */
export const EncryptionSkeleton = () => (
  <output aria-label="Loading encryption" className={`block ${gridClass}`}>
    <Skeleton className="h-[286px] lg:col-span-7" />
    <Skeleton className="h-[286px] lg:col-span-5" />
    <Skeleton className="h-[408px] lg:col-span-7" />
    <Skeleton className="h-[408px] lg:col-span-5" />
    <Skeleton className="h-[460px] lg:col-span-12" />
  </output>
)
