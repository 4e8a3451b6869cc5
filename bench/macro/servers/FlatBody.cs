using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Laurel.Bench.Macro;

/// <summary>A request's body in one pooled buffer.</summary>
internal readonly struct FlatBody : IDisposable
{
    private readonly byte[] _buffer;
    private readonly int _length;

    private FlatBody(byte[] buffer, int length) => (_buffer, _length) = (buffer, length);

    /// <summary>The body.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>Reads a body whose length was announced.</summary>
    public static async ValueTask<FlatBody> ReadAsync(HttpRequest request)
    {
        var length = (int)request.ContentLength!.Value;
        var part = await request.BodyReader.ReadAtLeastAsync(length);
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        part.Buffer.CopyTo(buffer);
        request.BodyReader.AdvanceTo(part.Buffer.End);
        return new FlatBody(buffer, length);
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);
}
