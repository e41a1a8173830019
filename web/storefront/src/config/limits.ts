/** Every list, wait and store in the browser has a bound, and it stands here with its reason. */

/** Divides by 2, 3 and 4, so the last row of the grid is whole at every width. */
export const pageSize = 24;

/** Pages of a list kept in memory: 480 cards scroll well on a small phone, and nobody reads further. */
export const pagesInListMax = 20;

export const reviewPageSize = 6;

export const recentlyViewedMax = 12;

/** A longer search than this finds nothing that a shorter one would not. */
export const searchWordsLengthMax = 120;

/** At most this many of one variant in one order, if stock has as many. */
export const quantityMax = 99;

/** From this many on, how many are left is nobody's concern. */
export const lowStockBelow = 6;

/** Product pages fetched ahead because their card came into view; more would be the shopper's data, not speed. */
export const prefetchedInViewMax = 8;

export const toastShownMs = 6_000;
export const toastsAtOnceMax = 3;

/** How long an answer counts as fresh: stock is at most two seconds old at the server, a page view lasts longer. */
export const catalogueFreshMs = 60_000;
export const personalFreshMs = 30_000;

/** Answers stay half an hour after the last page that used them has gone, for the way back. */
export const answersKeptMs = 30 * 60_000;

/** An order that got no answer is sent again with the same key; three tries span the few seconds of a deploy or a tunnel. */
export const orderTriesMax = 3;
export const orderWaitMs = 1_000;
export const orderWaitMsMax = 8_000;

/** Orders on one page of the account; each brings its lines and pictures. */
export const ordersPageSize = 10;

/** Another code may be asked for this often; mails need a while, and impatience only brings more of them. */
export const resendWaitSeconds = 30;
