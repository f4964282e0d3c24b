import { route } from '@/server/http'
import { podsView } from '@/server/views/pods'

export const GET = route(podsView)
