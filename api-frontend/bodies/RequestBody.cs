using System.Buffers;

namespace Laurel.ApiFrontend;

/// <summary>A request's whole body in a pooled buffer, or why it was not read. Disposing returns the buffer.</summary>
internal readonly struct RequestBody : IDisposable
{
    private readonly byte[]? _buffer;
    private readonly int _length;

    private RequestBody(byte[]? buffer, int length, int refusal) => (_buffer, _length, Refusal) = (buffer, length, refusal);

    /// <summary>0 when it was read; otherwise the status to refuse the request with: 408, 413 or 415.</summary>
    public int Refusal { get; }

    /// <summary>The bytes; not to be kept after disposal.</summary>
    public ReadOnlyMemory<byte> Bytes => new(_buffer, 0, _length);

    /// <summary>A body that was read into a rented buffer, which it now owns.</summary>
    public static RequestBody Of(byte[] rented, int length) => new(rented, length, 0);

    /// <summary>A body that was refused.</summary>
    public static RequestBody Refused(int status) => new(null, 0, status);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_buffer is not null)
            ArrayPool<byte>.Shared.Return(_buffer);
    }
}
