/* Every word of the interface, in Arabic and English. */

const table = {
  skip: ["إلى النص", "Skip to the evidence"],
  search: ["ابحث عن شخص أو جهة أو مكان…", "Search a person, body or place…"],
  hits: ["نتائج البحث", "Search results"],
  save: ["حفظ", "Save"],
  saveLink: ["رابط هذا العرض", "Link to this view"],
  saveHtml: ["صفحة HTML مستقلة", "Self-contained HTML"],
  savePng: ["صورة PNG", "PNG image"],
  saveCsv: ["جدول CSV", "CSV table"],
  otherLang: ["English", "العربية"],
  dark: ["داكن", "Dark"],
  light: ["فاتح", "Light"],
  views: ["طرق العرض", "Views"],
  graph: ["الشبكة", "Graph"],
  timeline: ["الخط الزمني", "Timeline"],
  map: ["الخريطة", "Map"],
  ledger: ["سجل الضحايا", "Casualty ledger"],
  cypher: ["استعلام Cypher", "Cypher"],
  paste: ["مقال جديد", "New article"],
  filters: ["المفتاح والتصفية", "Legend and filters"],
  status: ["الحالة", "Status"],
  families: ["العلاقات", "Relations"],
  types: ["الكيانات", "Entities"],
  dates: ["التاريخ", "Dates"],
  from: ["من", "From"],
  to: ["إلى", "To"],
  place: ["المكان", "Place"],
  source: ["المصدر", "Source"],
  any: ["الكل", "Any"],
  fit: ["ملاءمة", "Fit"],
  clear: ["إفراغ", "Clear"],
  evidence: ["من نص المقال", "In the article"],
  chain: ["تسلسل الاستنتاج", "Chain of the inference"],
  relations: ["العلاقات الظاهرة", "Relations shown"],
  mentions: ["في المقالات", "In the articles"],
  expand: ["وسّع الشبكة", "Expand"],
  hide: ["أزل من العرض", "Remove"],
  showTimeline: ["خطه الزمني", "Its timeline"],
  hint: ["انقر على كيان أو علاقة لترى الجملة التي تسندها؛ انقر مرتين للتوسيع.", "Click an entity or relation to see the sentence behind it; double-click to expand."],
  saidBy: ["بحسب", "According to"],
  sure: ["ثقة الاستخراج", "Confidence"],
  names: ["أسماؤه", "Names"],
  event: ["الحدث", "Event"],
  when: ["الزمان", "When"],
  where: ["المكان", "Where"],
  who: ["من؟", "Who"],
  what: ["الحدث", "Event"],
  articles: ["مقال", "articles"],
  entities: ["كيان", "entities"],
  relationsCount: ["علاقة", "relations"],
  events: ["حدث", "events"],
  none: ["لا شيء هنا بعد.", "Nothing here yet."],
  more: ["المزيد", "More"],
  precision: ["الدائرة مدى دقة المكان، لا نقطة بعينها", "A circle shows how precisely the place is known"],
  unplaced: ["أحداث بلا مكان معلوم", "events without a known place"],
  undated: ["أحداث بلا تاريخ معلوم", "events without a known date"],
  outside: ["أحداث أبعد من مدى الرسم", "events beyond the chart"],
  kind: ["النوع", "Kind"],
  count: ["العدد", "Count"],
  victim: ["الضحية", "Victim"],
  by: ["الفاعل", "By"],
  month: ["الشهر", "Month"],
  text: ["النص", "Text"],
  atLeast: ["على الأقل", "at least"],
  recipes: ["وصفات جاهزة", "Recipes"],
  run: ["نفّذ", "Run"],
  rows: ["صفوف", "rows"],
  cut: ["قُطعت عند حد الصفوف", "cut at the row limit"],
  pasteHint: ["الصق نص مقال عربي هنا", "Paste an Arabic article here"],
  title: ["العنوان (اختياري)", "Title (optional)"],
  date: ["التاريخ (اختياري)", "Date (optional)"],
  outlet: ["المصدر (اختياري)", "Source (optional)"],
  read: ["اقرأ دون حفظ", "Read, do not store"],
  store: ["اقرأ واحفظ في الشبكة", "Read and store"],
  reading: ["تجري القراءة…", "Reading…"],
  stored: ["حُفظ المقال في الشبكة", "The article is in the graph"],
  openInGraph: ["افتح في الشبكة", "Open in the graph"],
  welcome: ["من فعل ماذا بمن؟", "Who did what to whom?"],
  welcomeText: ["ابحث عن اسم، أو ابدأ بأحد أكثر الأسماء وروداً في المقالات، أو الصق مقالاً.", "Search a name, begin with one of the most frequent, or paste an article."],
  empty: ["الشبكة فارغة: أضف مقالاً لتبدأ.", "The graph is empty: add an article to begin."],
  keyTitle: ["مفتاح الوصول", "API key"],
  keyText: ["هذا الخادم يطلب مفتاحاً. يبقى المفتاح في هذه النافذة وحدها.", "This server asks for a key. It is kept in this window only."],
  keyOk: ["ادخل", "Enter"],
  copied: ["نُسخ الرابط", "Link copied"],
  truncated: ["عُرضت أقوى العلاقات فقط", "only the best supported relations are shown"],
  loading: ["يجري التحميل…", "Loading…"],
  failed: ["لم ينجح الطلب", "The request failed"],
  selection: ["تصفية بالتحديد", "Filter by the selection"],
  subject: ["الفاعل", "Subject"],
  relation: ["العلاقة", "Relation"],
  object: ["المتلقي", "Object"],
};

let language = "ar";
export const getLanguage = () => language;
export const setLanguage = (next) => { language = next; };
export const say = (key) => table[key][language === "en" ? 1 : 0];
/** The label of anything that has `ar` and `en`, or `label_ar` and `label_en`. */
export function label(entry) {
  if (!entry) return "";
  const ar = entry.ar ?? entry.label_ar;
  const en = entry.en ?? entry.label_en;
  return (language === "en" ? en || ar : ar || en) || "";
}

/** Of a date or a datetime the day. */
export const day = (date) => (date || "").slice(0, 10);

/** Write the words into every element that names one. */
export function dress(root = document) {
  for (const element of root.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
  for (const element of root.querySelectorAll("[data-label]")) element.setAttribute("aria-label", say(element.dataset.label));
  for (const element of root.querySelectorAll("[data-placeholder]")) element.placeholder = say(element.dataset.placeholder);
}
