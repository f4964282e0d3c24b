import { nowhere } from '@/server/http'

export const GET = nowhere
