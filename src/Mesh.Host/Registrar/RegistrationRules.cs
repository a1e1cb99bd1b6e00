using Mesh.Host.Config.Model;

namespace Mesh.Host.Registrar;

/// <summary>
/// RFC 3261 section 10.3, steps 5 to 8, without clock, store or message: bindings and a request in, changes or a refusal out. All or nothing: a request of which one contact
/// is refused changes none.
/// </summary>
public static class RegistrationRules
{
    /// <param name="current">The account's bindings that have not lapsed.</param>
    /// <param name="nextRow">Gives a row to a new binding.</param>
    public static RegistrationDecision Decide(IReadOnlyList<Binding> current, RegistrationRequest request, RegistrarConfig limits, long nowMs, Func<long> nextRow)
    {
        // Step 5: a phone registers itself and nobody else.
        if (request.Account != request.AddressOfRecord) return RegistrationDecision.Refuse(403);
        if (request.HasUnreadable) return RegistrationDecision.Refuse(400);
        if (request.HasStar) return RemoveAll(current, request);
        if (request.Contacts.Count == 0) return new RegistrationDecision(200, 0, []);

        uint least = (uint)limits.MinExpires.TotalSeconds, most = (uint)limits.MaxExpires.TotalSeconds;
        var changes = new List<BindingChange>(request.Contacts.Count);
        int count = current.Count;
        foreach (var contact in request.Contacts)
        {
            uint wanted = contact.Expires ?? request.Expires ?? (uint)limits.DefaultExpires.TotalSeconds;
            // Step 7: too brief, unless it is an hour or more anyway, or zero, which removes.
            if (wanted > 0 && wanted < least && wanted < 3600) return new RegistrationDecision(423, least, []);
            var existing = Find(current, contact);
            if (existing is not null && IsOutOfOrder(existing, request)) return RegistrationDecision.Refuse(500);
            Supersede(changes, contact, existing, ref count);
            if (wanted == 0)
            {
                if (existing is null) continue;
                changes.Add(new BindingChange(BindingChangeKind.Remove, existing));
                count--;
                continue;
            }
            if (existing is null) count++;
            changes.Add(Put(existing, contact, request, nowMs + 1000L * Math.Min(wanted, most), nextRow));
        }
        if (request.OnePlace) count -= RemoveOthers(current, changes);
        // A phone already over a limit that was lowered may still refresh and remove.
        return count > limits.ContactsPerPhone && count > current.Count ? RegistrationDecision.Refuse(403) : new RegistrationDecision(200, 0, changes);
    }

    // Step 6: the star stands alone and only removes.
    private static RegistrationDecision RemoveAll(IReadOnlyList<Binding> current, RegistrationRequest request)
    {
        if (request.Contacts.Count > 0 || request.Expires != 0) return RegistrationDecision.Refuse(400);
        return current.Any(b => IsOutOfOrder(b, request))
            ? RegistrationDecision.Refuse(500)
            : new RegistrationDecision(200, 0, [.. current.Select(b => new BindingChange(BindingChangeKind.Remove, b))]);
    }

    /// <summary>The binding a contact means: the same flow of the same device (RFC 5626 section 6), else an equal URI.</summary>
    private static Binding? Find(IReadOnlyList<Binding> current, ContactRequest contact)
    {
        foreach (var b in current)
            if (contact.RegId > 0 && contact.Instance.Length > 0 && b.RegId == contact.RegId && b.Instance == contact.Instance) return b;
        foreach (var b in current)
            if (ContactUris.Same(b.ContactUri, contact.Uri)) return b;
        return null;
    }

    // IAX2 has no Call-ID: its reliable window has put its requests in order already.
    private static bool IsOutOfOrder(Binding existing, RegistrationRequest request) =>
        request.CallId.Length > 0 && existing.CallId == request.CallId && request.CSeq <= existing.CSeq;

    private static BindingChange Put(Binding? existing, ContactRequest contact, RegistrationRequest request, long expiresAtMs, Func<long> nextRow)
    {
        bool same = existing is not null && existing.ContactUri == contact.Uri && existing.Instance == contact.Instance && existing.RegId == contact.RegId && existing.Q == contact.Q
            && existing.UserAgent == request.UserAgent && existing.Path == request.Path && existing.Transport == request.Transport && existing.Received == request.Received;
        return same
            ? new BindingChange(BindingChangeKind.Refresh, existing! with { CallId = request.CallId, CSeq = request.CSeq, ExpiresAtMs = expiresAtMs, FlowId = request.FlowId })
            : new BindingChange(BindingChangeKind.Put, new Binding
            {
                Row = existing?.Row ?? nextRow(),
                Account = request.Account,
                Technology = request.Technology,
                ContactUri = contact.Uri,
                Q = contact.Q,
                Received = request.Received,
                Transport = request.Transport,
                FlowId = request.FlowId,
                CallId = request.CallId,
                CSeq = request.CSeq,
                Instance = contact.Instance,
                RegId = contact.RegId,
                UserAgent = request.UserAgent,
                Path = request.Path,
                ExpiresAtMs = expiresAtMs,
            });
    }

    // The same contact twice in one request: the last one counts.
    private static void Supersede(List<BindingChange> changes, ContactRequest contact, Binding? existing, ref int count)
    {
        for (int i = changes.Count - 1; i >= 0; i--)
        {
            var earlier = changes[i];
            if (existing is not null ? earlier.Binding.Row != existing.Row : !ContactUris.Same(earlier.Binding.ContactUri, contact.Uri)) continue;
            if (existing is null) count--;
            else if (earlier.Kind == BindingChangeKind.Remove) count++;
            changes.RemoveAt(i);
        }
    }

    private static int RemoveOthers(IReadOnlyList<Binding> current, List<BindingChange> changes)
    {
        int removed = 0;
        foreach (var b in current)
        {
            if (changes.Exists(c => c.Binding.Row == b.Row)) continue;
            changes.Add(new BindingChange(BindingChangeKind.Remove, b));
            removed++;
        }
        return removed;
    }
}
