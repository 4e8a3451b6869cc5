using System.Runtime.CompilerServices;
using Laurel.Ranking;

namespace Laurel.Storage;

/// <summary>
/// What a season keeps of its subjects beside their places in the order, by the board's slots: details, what averages are made of,
/// names and metadata.
/// </summary>
/// <param name="withAverages">Whether the board averages scores.</param>
internal sealed class EntryStore(bool withAverages)
{
    private readonly PagedArray<EntryDetails> _details = new();
    private readonly PagedArray<AverageParts>? _averages = withAverages ? new() : null;
    private readonly ByteArena _texts = new();

    /// <summary>A subject's details. The reference is good for the store's life.</summary>
    public ref EntryDetails this[int slot] => ref _details[slot];

    /// <summary>Makes room for so many slots.</summary>
    public void EnsureCapacity(int slots)
    {
        _details.EnsureCapacity(slots);
        _averages?.EnsureCapacity(slots);
    }

    /// <summary>Starts to bring a subject's details into the cache.</summary>
    public void Prefetch(int slot) => _details.Prefetch(slot);

    /// <summary>Starts to bring its name into the cache; reads what <see cref="Prefetch"/> brings.</summary>
    public void PrefetchName(int slot) => _texts.Prefetch(_details[slot].Name.Handle);

    /// <summary>What the entry's average is made of; nothing on other boards.</summary>
    public AverageParts PartsOf(int slot) => _averages is null ? default : _averages[slot];

    /// <summary>Keeps what the entry's average is made of.</summary>
    public void SetParts(int slot, in EntryValue value)
    {
        if (_averages is not null)
            _averages[slot] = new AverageParts(value.Total, value.Samples);
    }

    /// <summary>A text, in place: good until it is freed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Read(TextHandle text) => text.Length == 0 ? default : _texts.Read(text.Handle, text.Length);

    /// <summary>Puts a text in another's place. The old one goes with the set's confirmation, or now when there is no set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Replace(ref TextHandle handle, ReadOnlySpan<byte> text, ChangeSet? set)
    {
        var old = handle;
        handle = text.IsEmpty ? default : new TextHandle(_texts.Add(text), text.Length);
        if (set is null)
        {
            Free(old);
            return;
        }

        set.AddedTexts.Add(handle);
        set.ReplacedTexts.Add(old);
    }

    /// <summary>Gives a text's room back.</summary>
    public void Free(TextHandle text)
    {
        if (text.Length > 0)
            _texts.Free(text.Handle, text.Length);
    }

    /// <summary>Leaves nothing of a subject.</summary>
    public void Drop(int slot)
    {
        ref var details = ref _details[slot];
        Free(details.Name);
        Free(details.Metadata);
        details = default;
        if (_averages is not null)
            _averages[slot] = default;
    }

    /// <summary>Writes a changed entry, with the texts that changed.</summary>
    public void WriteRow(JournalWriter writer, ReadOnlySpan<byte> id, in EntryValue value, byte[]? name, byte[]? metadata)
    {
        var parts = (name is null ? 0 : RowParts.Name) | (metadata is null ? 0 : RowParts.Metadata) | AverageFlag;
        writer.Row(parts, id, value.Score, value.AchievedAt);
        if (name is not null)
            writer.Text(name);
        if (metadata is not null)
            writer.Text(metadata);
        WriteAverage(writer, value);
    }

    /// <summary>Writes a subject and its entry whole.</summary>
    public void WriteEntry(JournalWriter writer, int slot, ReadOnlySpan<byte> id, SubjectFlags flags, in EntryValue value)
    {
        ref var details = ref _details[slot];
        var metadata = Read(details.Metadata);
        var parts = (metadata.IsEmpty ? 0 : RowParts.Metadata) | AverageFlag;
        writer.Entry(parts, id, flags, details.FactsVersion, Read(details.Name), value.Score, value.AchievedAt);
        if (!metadata.IsEmpty)
            writer.Text(metadata);
        WriteAverage(writer, value);
        writer.Int64(details.CreatedAt);
        writer.Int64(details.UpdatedAt);
    }

    private RowParts AverageFlag => _averages is null ? RowParts.None : RowParts.Average;

    private void WriteAverage(JournalWriter writer, in EntryValue value)
    {
        if (_averages is null)
            return;
        writer.Double(value.Total);
        writer.Int64(value.Samples);
    }
}

/// <summary>What an average is made of.</summary>
internal readonly record struct AverageParts(double Total, long Samples);
