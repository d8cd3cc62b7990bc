package io.howdah.audit.ui;

import io.howdah.audit.AuditFilter;
import io.howdah.audit.AuditRecordView;
import io.howdah.audit.AuditService;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Records for a grid, which asks by offset, from a log that is read by number: what was fetched tells where the next page
 * begins, however far down it is.
 */
public final class RecordPages {

    private final AuditService audit;
    private final NavigableMap<Integer, Long> begins = new TreeMap<>();
    private AuditFilter filter = AuditFilter.ALL;

    public RecordPages(AuditService audit) {
        this.audit = audit;
        show(filter);
    }

    /** Begins anew from the newest record that the filter lets through. */
    public void show(AuditFilter wanted) {
        filter = wanted;
        begins.clear();
        begins.put(0, Long.MAX_VALUE);
    }

    public List<AuditRecordView> fetch(int offset, int limit) {
        Map.Entry<Integer, Long> known = begins.floorEntry(offset);
        int between = offset - known.getKey();
        List<AuditRecordView> found = audit.list(filter, known.getValue(), between + limit);
        if (found.size() == between + limit && limit > 0) {
            begins.put(offset + limit, found.get(found.size() - 1).number());
        }
        return found.subList(Math.min(between, found.size()), found.size());
    }
}
