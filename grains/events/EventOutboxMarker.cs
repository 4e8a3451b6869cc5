using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>
/// The record that says an intake may have events to deliver: by it they are found at the next start. Written before the first event of an
/// activation is answered, deleted by an orderly end with nothing left.
/// </summary>
internal sealed class EventOutboxMarker(IRecordStore records, string intake)
{
    private readonly string _key = RecordKeys.EventOutbox(intake);
    private Task<bool>? _set;
    private long _version;

    /// <summary>Sets it, once an activation.</summary>
    /// <returns>Whether it is there for certain.</returns>
    public async Task<bool> SetAsync()
    {
        var set = _set ??= WriteAsync();
        var isThere = await set;
        if (!isThere && ReferenceEquals(_set, set))
            _set = null;
        return isThere;
    }

    /// <summary>Deletes it, unless a newer activation has set it meanwhile. What is accepted from now on sets it again.</summary>
    public async Task ClearAsync()
    {
        if (_set is { } set && await set && ReferenceEquals(_set, set))
        {
            _set = null;
            await records.CommitAsync([new(_key, _version, null)]);
        }
    }

    private async Task<bool> WriteAsync()
    {
        try
        {
            var known = (await records.GetAsync(_key))?.Version ?? 0;
            _version = known + 1;
            return await records.CommitAsync([new(_key, known, [])]) == WriteOutcome.Committed;
        }
        catch (StorageUnavailableException)
        {
            return false;
        }
    }
}
