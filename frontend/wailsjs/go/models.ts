export namespace app {
	
	export interface Addressee {
	    id: string;
	    name: string;
	    here: boolean;
	    source: string;
	}
	export interface AnswerInput {
	    entryId: string;
	    said: string;
	}
	export interface PersonMention {
	    name: string;
	    refused: boolean;
	    position: string;
	}
	export interface TimelineItem {
	    id: string;
	    kind: string;
	    day: string;
	    wall: string;
	    end: string;
	    channel: string;
	    direction: string;
	    partyId: string;
	    party: string;
	    people: PersonMention[];
	    summary: string;
	    verbatim: string;
	    holdSeconds: number;
	    talkSeconds: number;
	    transfers: number;
	    number: string;
	    companyReference: string;
	    failures: string[];
	    supervisor: string;
	    madeBy: string;
	    basis: string;
	    remedy: string;
	    remedyAnswer: string;
	    recorded: string;
	    recordedAt: string;
	    corrected: boolean;
	    rivals: boolean;
	    from: string;
	    to: string;
	    subject: string;
	    attachments: number;
	    promiseIds: string[];
	    evidenceIds: string[];
	    outcome: string;
	}
	export interface AnswerView {
	    entryId: string;
	    said: string;
	    state: string;
	    item?: TimelineItem;
	}
	export interface AttachmentView {
	    evidenceId: string;
	    fileName: string;
	    mediaType: string;
	    kind: string;
	    openable: boolean;
	    inText: boolean;
	    size: number;
	}
	export interface BackupContent {
	    cases: number;
	    entries: number;
	    files: number;
	    lastEntry: string;
	}
	export interface BackupInput {
	    choiceId: string;
	    key: string;
	}
	export interface BackupStatus {
	    folder: string;
	    last: string;
	    due: boolean;
	}
	export interface BackupView {
	    id: string;
	    at: string;
	    cases: number;
	    entries: number;
	    files: number;
	}
	export interface CallChoice {
	    key: string;
	    company: string;
	}
	export interface PromiseTerms {
	    what: string;
	    due: string;
	    amount: string;
	    currency: string;
	    repeatsId: string;
	}
	export interface PersonInput {
	    name: string;
	    position: string;
	    refused: boolean;
	}
	export interface ContactInput {
	    caseId: string;
	    company: string;
	    role: string;
	    when: string;
	    zone: string;
	    offset: string;
	    direction: string;
	    channel: string;
	    people: PersonInput[];
	    hold: string;
	    talk: string;
	    transfers: string;
	    retold?: string;
	    sentTo?: string;
	    number: string;
	    companyReference: string;
	    summary: string;
	    verbatim: string;
	    failures: string[];
	    supervisor: string;
	    madeBy: string;
	    basis: string;
	    promises: PromiseTerms[];
	}
	export interface CallInput {
	    contact: ContactInput;
	    newCase: string;
	}
	export interface CallLog {
	    id: string;
	    fileName: string;
	    skipped: number;
	    isTable: boolean;
	    sure: boolean;
	    monthFirst: boolean;
	    header: string[];
	    columns: string[];
	    fields: string[];
	    sample: string[][];
	    entries: number;
	    hasNumbers: boolean;
	}
	export interface CallNote {
	    number: number;
	    at: string;
	    clock: string;
	    text: string;
	}
	export interface CallNumber {
	    key: string;
	    number: string;
	    name: string;
	    calls: number;
	    seconds: number;
	    first: string;
	    last: string;
	    company: string;
	}
	export interface ManyRow {
	    when: string;
	    company: string;
	    channel: string;
	    who: string;
	    hold: string;
	    what: string;
	    sentTo: string;
	    promise: string;
	    due: string;
	    basis: string;
	    number: string;
	    length: string;
	    direction: string;
	}
	export interface CallRows {
	    rows: ManyRow[];
	    left: number;
	}
	export interface CallView {
	    id: string;
	    caseId: string;
	    beganAt: string;
	    began: string;
	    endedAt: string;
	    now: string;
	    notes: CallNote[];
	    form: string;
	    typed: ContactInput;
	}
	export interface CaseCounts {
	    timeline: number;
	    promises: number;
	    people: number;
	    evidence: number;
	}
	export interface EndingView {
	    kind: string;
	    day: string;
	    note: string;
	}
	export interface Ground {
	    id: string;
	    kind: string;
	    day: string;
	    channel: string;
	    text: string;
	}
	export interface PromiseView {
	    id: string;
	    what: string;
	    partyId: string;
	    party: string;
	    person: string;
	    madeOn: string;
	    madeIn: string;
	    byEmail: boolean;
	    dueDay: string;
	    dueClock: string;
	    amount?: Money;
	    state: string;
	    daysLate: number;
	    earlier: string[];
	    settledOn: string;
	    note: string;
	    shownBy: Ground[];
	    corrected: boolean;
	    rivals: boolean;
	}
	export interface Standing {
	    kind: string;
	    promise?: PromiseView;
	    others: number;
	}
	export interface Reference {
	    label: string;
	    number: string;
	}
	export interface PartyView {
	    id: string;
	    name: string;
	    role: string;
	    references: Reference[];
	    contacts: number;
	}
	export interface Money {
	    minor: number;
	    currency: string;
	}
	export interface CaseHead {
	    id: string;
	    title: string;
	    summary: string;
	    stillConcerned: string;
	    outcome: string[];
	    answerBy: string;
	    claimed?: Money;
	    zone: string;
	    today: string;
	    parties: PartyView[];
	    counts: CaseCounts;
	    standing: Standing;
	    ending?: EndingView;
	    corrected: boolean;
	    rivals: boolean;
	}
	export interface CaseInput {
	    title: string;
	    company: string;
	    role: string;
	    referenceLabel: string;
	    referenceNumber: string;
	    summary: string;
	    outcome: string;
	    claimed: string;
	    currency: string;
	    zone: string;
	}
	export interface StripGap {
	    from: string;
	    until: string;
	    days: number;
	}
	export interface StripFlag {
	    day: string;
	    state: string;
	    count: number;
	}
	export interface StripMark {
	    day: string;
	    until: string;
	    channel: string;
	    direction: string;
	    count: number;
	    holdSeconds: number;
	}
	export interface CaseStrip {
	    first: string;
	    last: string;
	    marks: StripMark[];
	    flags: StripFlag[];
	    gaps: StripGap[];
	}
	export interface TodayItem {
	    kind: string;
	    caseId: string;
	    caseTitle: string;
	    companies: string[];
	    dueDay: string;
	    dueClock: string;
	    daysLate: number;
	    what: string;
	    since: string;
	    promise?: PromiseView;
	}
	export interface CaseSummary {
	    id: string;
	    title: string;
	    companies: string[];
	    contacts: number;
	    messages: number;
	    promisesOpen: number;
	    promisesNotKept: number;
	    lastContact: string;
	    standing: string;
	    next?: TodayItem;
	    ending?: EndingView;
	}
	export interface CaseTerms {
	    caseId: string;
	    title: string;
	    summary: string;
	    stillConcerned: string;
	    outcome: string;
	    answerBy: string;
	    claimed: string;
	    currency: string;
	    zone: string;
	    name: string;
	    address: string;
	    email: string;
	    phone: string;
	}
	export interface ChangeText {
	    label: string;
	    before: string;
	    after: string;
	}
	export interface ChangeView {
	    field: string;
	    before: string;
	    after: string;
	}
	export interface Choices {
	    roles: string[];
	    channels: string[];
	    directions: string[];
	    bases: string[];
	    supervisors: string[];
	    outcomes: string[];
	    endings: string[];
	    failures: string[];
	    consents: string[];
	    editions: string[];
	    sections: string[];
	}
	export interface ChosenFile {
	    name: string;
	    size: number;
	    kind: string;
	    day: string;
	}
	export interface CodeCount {
	    code: string;
	    count: number;
	}
	export interface CompanyCorrection {
	    caseId: string;
	    companyId: string;
	    name: string;
	    role: string;
	    references: Reference[];
	    domains: string;
	    address: string;
	    reason: string;
	}
	export interface DealingsView {
	    contacts: number;
	    calls: number;
	    holdSeconds: number;
	    refusedHelp: number;
	    promises: number;
	    kept: number;
	    late: number;
	    broken: number;
	    overdue: number;
	    open: number;
	    firstContact: string;
	    lastContact: string;
	}
	export interface CompanyView {
	    id: string;
	    name: string;
	    role: string;
	    references: Reference[];
	    domains: string[];
	    address: string;
	    caseId: string;
	    caseTitle: string;
	    people: number;
	    refusedNames: number;
	    dealings: DealingsView;
	}
	export interface CompanyPage {
	    total: number;
	    companies: CompanyView[];
	}
	
	
	export interface ContradictionInput {
	    caseId: string;
	    question: string;
	    answers: AnswerInput[];
	    note: string;
	}
	export interface ContradictionView {
	    id: string;
	    question: string;
	    note: string;
	    answers: AnswerView[];
	    corrected: boolean;
	}
	export interface CorrectionView {
	    id: string;
	    recordedAt: string;
	    reason: string;
	    changes: ChangeView[];
	}
	export interface CoveredArea {
	    x: number;
	    y: number;
	    width: number;
	    height: number;
	}
	export interface DateInput {
	    text: string;
	    zone: string;
	    sense: string;
	    beside: string;
	}
	export interface DateRead {
	    wall: string;
	}
	
	export interface DefectView {
	    code: string;
	    place: string;
	}
	export interface DossierCheck {
	    fileName: string;
	    holds: boolean;
	    said: string[];
	    sha256: string;
	}
	export interface DossierInput {
	    caseId: string;
	    edition: string;
	    language: string;
	    addressee: string;
	    anyway: boolean;
	    from: string;
	    until: string;
	    sections: string[];
	    coverNote: string;
	    coverFirst: boolean;
	    withSignature: boolean;
	    light: boolean;
	    budget: number;
	}
	export interface DossierPreview {
	    jobId: string;
	    previewId: string;
	}
	export interface DossierSeals {
	    said: string[];
	    later: boolean;
	}
	export interface EndingInput {
	    caseId: string;
	    kind: string;
	    on: string;
	    zone: string;
	    note: string;
	}
	
	export interface EntryTitle {
	    id: string;
	    kind: string;
	    title: string;
	    recordedAt: string;
	}
	export interface HistoryExport {
	    recordedAt: string;
	    edition: string;
	    fileName: string;
	}
	export interface ErasurePlanView {
	    goes: EntryTitle[];
	    stays: EntryTitle[];
	    files: number;
	    sharedFiles: number;
	    copies: number;
	    exports: HistoryExport[];
	    hasBackups: boolean;
	    devices: string[];
	    returning: EntryTitle[];
	}
	export interface EvidenceCorrection {
	    caseId: string;
	    evidenceId: string;
	    shows: string;
	    when: string;
	    contactId: string;
	    consent: string;
	    reason: string;
	}
	export interface EvidenceFileInput {
	    place: number;
	    shows: string;
	    when: string;
	    consent: string;
	}
	export interface EvidenceInput {
	    caseId: string;
	    selectionId: string;
	    files: EvidenceFileInput[];
	    contactId: string;
	    oneExhibit: boolean;
	}
	export interface FileOutcome {
	    place: number;
	    name: string;
	    state: string;
	    label: string;
	    failure: string;
	}
	export interface EvidenceOutcome {
	    files: FileOutcome[];
	    entryIds: string[];
	}
	export interface EvidenceView {
	    id: string;
	    label: string;
	    fileName: string;
	    mediaType: string;
	    kind: string;
	    shownAs: string;
	    openable: boolean;
	    sha256: string;
	    size: number;
	    shows: string;
	    day: string;
	    wall: string;
	    consent: string;
	    contactId: string;
	    messageId: string;
	}
	export interface ExhibitNumber {
	    id: string;
	    label: string;
	}
	export interface ExpenseInput {
	    caseId: string;
	    what: string;
	    amount: string;
	    currency: string;
	    when: string;
	    zone: string;
	}
	export interface ExpenseView {
	    id: string;
	    what: string;
	    amount: Money;
	    wall: string;
	    corrected: boolean;
	    rivals: boolean;
	}
	export interface FieldText {
	    label: string;
	    text: string;
	}
	export interface Figures {
	    days: number;
	    contacts: number;
	    calls: number;
	    messages: number;
	    people: number;
	    refusedNames: number;
	    holdSeconds: number;
	    longestHoldSeconds: number;
	    transfers: number;
	    promises: number;
	    promisesKept: number;
	    promisesNotKept: number;
	    promisesOpen: number;
	    evidence: number;
	    claimed?: Money;
	}
	export interface MonthFigures {
	    month: string;
	    contacts: number;
	    holdSeconds: number;
	    promisesDue: number;
	    promisesNotKept: number;
	}
	export interface FiguresReport {
	    figures: Figures;
	    months: MonthFigures[];
	    byChannel: CodeCount[];
	    byFailure: CodeCount[];
	    byState: CodeCount[];
	    retold: number;
	    sentOn: number;
	    talkSeconds: number;
	    supervisorAsked: number;
	    supervisorPutOn: number;
	    recordedLive: number;
	    recordedSameDay: number;
	    recordedLater: number;
	    spent: Money[];
	    expenses: ExpenseView[];
	    ownSeconds: number;
	    ownTime?: Money;
	    customerSince: string;
	    customerYears: number;
	    yearlySpend?: Money;
	    hourValue?: Money;
	}
	
	export interface LeftOut {
	    name: string;
	    reason: string;
	}
	export interface FileSelection {
	    id: string;
	    files: ChosenFile[];
	    leftOut: LeftOut[];
	}
	export interface FilingDetails {
	    taxId: string;
	    companyTaxId: string;
	    representative: string;
	    contract: string;
	    earlierClaim: string;
	    proceedings: string;
	}
	export interface Filing {
	    addressees: Addressee[];
	    to: string;
	    details: FilingDetails;
	    missing: string[];
	}
	
	export interface FindingView {
	    server: string;
	    method: string;
	    value: string;
	    domain: string;
	    byLast: boolean;
	}
	export interface FolderChoice {
	    id: string;
	    folder: string;
	}
	
	export interface HistoryEvent {
	    id: string;
	    kind: string;
	    recordedAt: string;
	    reason: string;
	    counts: boolean;
	    changes: ChangeText[];
	}
	
	export interface HistorySeal {
	    sealedAt: string;
	    service: string;
	}
	export interface HistoryView {
	    id: string;
	    kind: string;
	    title: string;
	    recordedAt: string;
	    leaf: string;
	    logId: string;
	    sequence: number;
	    counts: boolean;
	    erased: boolean;
	    fields: FieldText[];
	    events: HistoryEvent[];
	    seals: HistorySeal[];
	    exports: HistoryExport[];
	}
	export interface HopView {
	    from: string;
	    by: string;
	    with: string;
	    wall: string;
	    delay: number;
	    delayKnown: boolean;
	    encrypted: boolean;
	}
	
	export interface Link {
	    id: string;
	    address: string;
	}
	export interface LoyaltyInput {
	    caseId: string;
	    customerSince: string;
	    yearlySpend: string;
	    hourValue: string;
	    currency: string;
	    reason: string;
	}
	export interface SentDossier {
	    id: string;
	    on: string;
	    to: string;
	}
	export interface MadeDossier {
	    id: string;
	    recordedAt: string;
	    edition: string;
	    language: string;
	    fileName: string;
	    sha256: string;
	    size: number;
	    addressee: string;
	    stampedAt: string;
	    stampedBy: string;
	    signedBy: string;
	    later: string;
	    sent: SentDossier[];
	}
	export interface MailTerm {
	    kind: string;
	    text: string;
	}
	export interface MailEmail {
	    id: string;
	    from: string;
	    to: string;
	    subject: string;
	    wall: string;
	    size: number;
	    state: string;
	    entryId: string;
	}
	export interface MailConversation {
	    id: string;
	    subject: string;
	    from: string[];
	    emails: MailEmail[];
	    why: MailTerm[];
	    new: number;
	}
	
	export interface MailFiles {
	    selectionId: string;
	    names: string[];
	    size: number;
	}
	export interface MailFound {
	    conversations: MailConversation[];
	    total: number;
	    emails: number;
	    new: number;
	}
	export interface MailImportInput {
	    reviewId: string;
	    all: boolean;
	    emailIds: string[];
	}
	export interface SameEvent {
	    messageId: string;
	    contactId: string;
	    subject: string;
	    company: string;
	    day: string;
	}
	export interface MailOutcome {
	    imported: number;
	    already: number;
	    defective: number;
	    failed: number;
	    failures: string[];
	    entryIds: string[];
	    same: SameEvent[];
	}
	export interface MailPreview {
	    text: string;
	    attachments: AttachmentView[];
	}
	export interface MailSearchInput {
	    caseId: string;
	    mailboxId: string;
	    selectionId: string;
	    terms: MailTerm[];
	    since: string;
	    until: string;
	    text: boolean;
	    thrownAway: boolean;
	    everything: boolean;
	}
	export interface MailStep {
	    code: string;
	    link?: Link;
	}
	export interface MailServerView {
	    domain: string;
	    provider: string;
	    signIn: string;
	    host: string;
	    port: number;
	    startTls: boolean;
	    user: string;
	    before: MailStep[];
	    files: MailStep[];
	    help?: Link;
	    service: string;
	    origin: string;
	    where: string;
	}
	export interface MailWatchView {
	    caseId: string;
	    caseTitle: string;
	    mailboxId: string;
	    looked: string;
	    failure: string;
	    waiting: number;
	    from: string[];
	}
	export interface UnfinishedMail {
	    total: number;
	    mailboxId: string;
	}
	export interface MailSuggestion {
	    kind: string;
	    text: string;
	    reason: string;
	    company: string;
	    label: string;
	    day: string;
	    count: number;
	    likely: boolean;
	}
	export interface MailStart {
	    suggestions: MailSuggestion[];
	    unfinished?: UnfinishedMail;
	    watch?: MailWatchView;
	}
	
	
	
	
	export interface MailboxConnected {
	    id: string;
	    address: string;
	    messages: number;
	    kept: boolean;
	}
	export interface MailboxInput {
	    address: string;
	    password: string;
	    host: string;
	    port: string;
	    startTls: boolean;
	    user: string;
	    pin: string;
	}
	export interface MailboxView {
	    id: string;
	    address: string;
	    server: string;
	    signIn: string;
	    hasSecret: boolean;
	}
	export interface ManyInput {
	    caseId: string;
	    zone: string;
	    basis: string;
	    rows: ManyRow[];
	    logIds: string[];
	}
	
	export interface fieldFailure {
	    code: string;
	    values: Record<string, string>;
	}
	export interface ManyRowRead {
	    blank: boolean;
	    when: string;
	    due: string;
	    company: string;
	    channel: string;
	    direction: string;
	    problems: Record<string, fieldFailure>;
	}
	export interface ManySaved {
	    contactIds: string[];
	}
	export interface MessageLink {
	    link: Link;
	    words: string;
	    named: string;
	    leads: string;
	}
	export interface MessageSource {
	    kind: string;
	    fetchedAt: string;
	    host: string;
	    user: string;
	    mailbox: string;
	    uid: number;
	    validity: number;
	    received: string;
	    spki: string;
	    fileName: string;
	    position: number;
	    program: string;
	    labels: string[];
	}
	export interface MessageSummary {
	    id: string;
	    from: string;
	    subject: string;
	    wall: string;
	}
	export interface SealView {
	    domain: string;
	    wall: string;
	    before: string;
	    findings: FindingView[];
	    missing: string[];
	}
	export interface MessageTrace {
	    hops: HopView[];
	    findings: FindingView[];
	    chain: SealView[];
	    signatures: string[];
	    signed: boolean;
	    header: string;
	    cut: boolean;
	}
	export interface RemoteHost {
	    host: string;
	    tracks: boolean;
	    addresses: string[];
	}
	export interface PassageView {
	    kind: string;
	    text: string;
	    introduction: string;
	    folds: boolean;
	}
	export interface MessageView {
	    id: string;
	    subject: string;
	    from: string;
	    to: string;
	    cc: string;
	    wall: string;
	    senderWall: string;
	    senderOffset: string;
	    passages: PassageView[];
	    cut: boolean;
	    hasOriginal: boolean;
	    links: MessageLink[];
	    remote: RemoteHost[];
	    attachments: AttachmentView[];
	    defects: DefectView[];
	    source: MessageSource;
	    sha256: string;
	    size: number;
	}
	
	
	export interface OAuthInput {
	    mailbox: MailboxInput;
	    service: string;
	    authorizeUrl: string;
	    tokenUrl: string;
	    scopes: string;
	    clientId: string;
	    clientSecret: string;
	}
	
	
	export interface PersonName {
	    id: string;
	    name: string;
	    refused: boolean;
	    position: string;
	    partyId: string;
	}
	export interface SomebodyView {
	    members: PersonName[];
	    caseId: string;
	    caseTitle: string;
	    partyId: string;
	    party: string;
	    dealings: DealingsView;
	}
	export interface PeoplePage {
	    total: number;
	    people: SomebodyView[];
	}
	export interface PeopleQuery {
	    caseId: string;
	    personId: string;
	    words: string;
	    names: string;
	    order: string;
	    first: number;
	    limit: number;
	}
	export interface PersonCorrection {
	    caseId: string;
	    personId: string;
	    name: string;
	    refused: boolean;
	    position: string;
	    company: string;
	    reason: string;
	}
	
	
	
	export interface PersonView {
	    id: string;
	    partyId: string;
	    name: string;
	    refused: boolean;
	    position: string;
	    contacts: number;
	}
	export interface PressCover {
	    exhibit: string;
	    areas: CoveredArea[];
	}
	export interface PressExhibit {
	    label: string;
	    shows: string;
	    chosen: boolean;
	    picture: boolean;
	    evidenceId: string;
	    covered: CoveredArea[];
	}
	export interface PressInput {
	    caseId: string;
	    language: string;
	    hide?: string[];
	    show?: string[];
	    unshow?: string[];
	    exhibits?: string[];
	    without?: string[];
	    contact?: string;
	    cover?: PressCover;
	}
	export interface PressText {
	    id: string;
	    label: string;
	    text: string;
	    shown: boolean;
	    count: number;
	    where: string[];
	}
	export interface PressReview {
	    hidden: PressText[];
	    suspects: PressText[];
	    exhibits: PressExhibit[];
	    contact: string;
	}
	
	export interface PromiseCount {
	    partyId: string;
	    party: string;
	    state: string;
	    count: number;
	}
	export interface PromiseInput {
	    caseId: string;
	    company: string;
	    person: string;
	    madeAt: string;
	    zone: string;
	    terms: PromiseTerms;
	}
	export interface PromisePage {
	    counts: PromiseCount[];
	    total: number;
	    promises: PromiseView[];
	    earlier: PromiseView[];
	}
	export interface PromiseQuery {
	    caseId: string;
	    companyId: string;
	    promiseId: string;
	    latest: boolean;
	    first: number;
	    limit: number;
	}
	
	
	
	
	export interface RestoreInput {
	    choiceId: string;
	    backupId: string;
	    key: string;
	}
	export interface RestorePlanView {
	    folder: string;
	    backupId: string;
	    backups: BackupView[];
	    backup: BackupContent;
	    present?: BackupContent;
	    newer: boolean;
	}
	export interface RestoredView {
	    kept: string;
	    missing: number;
	    entries: number;
	}
	export interface RunaroundTurn {
	    contactId: string;
	    wall: string;
	    channel: string;
	    direction: string;
	    from: string;
	    to: string;
	    fromPlace: number;
	    toPlace: number;
	    people: PersonMention[];
	    transfers: number;
	    retold: number;
	    holdSeconds: number;
	    time: number;
	    back: boolean;
	    circle: boolean;
	    deadEnd: boolean;
	}
	export interface RunaroundPage {
	    first: number;
	    total: number;
	    items: RunaroundTurn[];
	}
	export interface RunaroundPlace {
	    name: string;
	    role: string;
	    contacts: number;
	    holdSeconds: number;
	    sentHere: number;
	    deadEnd: boolean;
	}
	export interface RunaroundRoute {
	    from: number;
	    to: number;
	    times: number;
	    contactId: string;
	}
	
	export interface RunaroundView {
	    transfers: number;
	    sentOn: number;
	    retold: number;
	    holdSeconds: number;
	    placeCount: number;
	    places: RunaroundPlace[];
	    routes: RunaroundRoute[];
	    routeCount: number;
	    turns: RunaroundPage;
	}
	
	export interface SavedCall {
	    caseId: string;
	    contactId: string;
	    entryIds: string[];
	}
	export interface SavedFile {
	    path: string;
	    sha256: string;
	}
	export interface SealService {
	    id: string;
	    name: string;
	    address: string;
	    country: string;
	    qualified: boolean;
	}
	export interface SealChoice {
	    chosen: string;
	    services: SealService[];
	}
	
	
	export interface SearchHit {
	    kind: string;
	    id: string;
	    caseId: string;
	    caseTitle: string;
	    title: string;
	    snippet: string;
	    day: string;
	}
	export interface SendingInput {
	    caseId: string;
	    exportId: string;
	    to: string;
	    on: string;
	    channel: string;
	}
	
	export interface Settings {
	    language: string;
	    theme: string;
	    textSize: number;
	    zone: string;
	    name: string;
	    address: string;
	    email: string;
	    phone: string;
	    welcomed: boolean;
	}
	export interface SettlementInput {
	    promiseId: string;
	    outcome: string;
	    on: string;
	    zone: string;
	    note: string;
	    shownBy: string[];
	}
	export interface SignatureKeys {
	    asks: boolean;
	    waiting: number;
	}
	export interface SimilarView {
	    one: SomebodyView;
	    other: SomebodyView;
	}
	
	
	export interface Start {
	    version: string;
	    settings: Settings;
	    systemLanguage: string;
	    zone: string;
	    today: string;
	    libraryFolder: string;
	    sampleOpen: boolean;
	    sampleMade: boolean;
	    clockBehind: string;
	    migrated: boolean;
	    surprised: boolean;
	    nativeMenu: boolean;
	    choices: Choices;
	}
	
	
	
	export interface TimelineCursor {
	    first: number;
	    limit: number;
	}
	export interface TimelineFilter {
	    kinds: string[];
	    channels: string[];
	    who: string;
	    from: string;
	    to: string;
	    words: string;
	    withPromises: boolean;
	    withFailures: boolean;
	    recordedLater: boolean;
	    oldestFirst: boolean;
	}
	
	export interface TimelinePage {
	    first: number;
	    total: number;
	    dayBefore: string;
	    items: TimelineItem[];
	    promises: PromiseView[];
	    evidence: EvidenceView[];
	}
	export interface TimelinePlace {
	    itemId: string;
	    before: number;
	}
	
	export interface UnfinishedView {
	    draftId: string;
	    caseId: string;
	    caseTitle: string;
	    company: string;
	    began: string;
	    ended: boolean;
	}
	export interface TodayView {
	    day: string;
	    late: TodayItem[];
	    thisWeek: TodayItem[];
	    waiting: TodayItem[];
	    unfinished: UnfinishedView[];
	    backupDue: boolean;
	    backupLast: string;
	}
	
	

}

