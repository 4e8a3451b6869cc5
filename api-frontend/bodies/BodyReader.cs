using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Laurel.ApiFrontend;

/// <summary>Reads JSON bodies whole, within a size and a time.</summary>
internal sealed class BodyReader(TimeProvider clock, IOptions<FrontendOptions> options)
{
    // A caller who announces much and sends little must not make the server set much memory aside.
    private const int FirstBuffer = 16 * 1024;

    private readonly int _limit = options.Value.MaxBodyBytes;
    private readonly TimeSpan _deadline = options.Value.BodyDeadline;

    /// <summary>
    /// The body, or the status to refuse it with: 415 for another content type than <c>application/json</c>, 413 beyond the limit (at
    /// once when the length is announced), 408 when it does not arrive in time. The caller disposes it.
    /// </summary>
    /// <exception cref="BadHttpRequestException">The body breaks off or its chunks are malformed.</exception>
    public ValueTask<RequestBody> ReadJsonAsync(HttpContext context)
    {
        var request = context.Request;
        return JsonContent.IsJson(request.ContentType) ? ReadAnyAsync(context) : new(RequestBody.Refused(StatusCodes.Status415UnsupportedMediaType));
    }

    /// <summary>The same of any content type.</summary>
    /// <exception cref="BadHttpRequestException">The body breaks off or its chunks are malformed.</exception>
    public ValueTask<RequestBody> ReadAnyAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentLength > _limit)
            return new(RequestBody.Refused(StatusCodes.Status413PayloadTooLarge));

        var expected = (int)Math.Min(request.ContentLength ?? FirstBuffer, FirstBuffer);
        return ReadAsync(request.BodyReader, ArrayPool<byte>.Shared.Rent(expected));
    }

    private async ValueTask<RequestBody> ReadAsync(PipeReader reader, byte[] buffer)
    {
        var length = 0;
        var handedOver = false;
        ITimer? deadline = null;
        try
        {
            while (true)
            {
                if (!reader.TryRead(out var part))
                {
                    deadline ??= clock.CreateTimer(static state => ((PipeReader)state!).CancelPendingRead(), reader, _deadline, Timeout.InfiniteTimeSpan);
                    part = await reader.ReadAsync();
                }

                if (part.IsCanceled)
                    return RequestBody.Refused(StatusCodes.Status408RequestTimeout);
                if (part.Buffer.Length > _limit - length)
                    return RequestBody.Refused(StatusCodes.Status413PayloadTooLarge);

                Append(part.Buffer, ref buffer, ref length);
                reader.AdvanceTo(part.Buffer.End);
                if (part.IsCompleted)
                {
                    handedOver = true;
                    return RequestBody.Of(buffer, length);
                }
            }
        }
        finally
        {
            deadline?.Dispose();
            if (!handedOver)
                ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Append(ReadOnlySequence<byte> part, ref byte[] buffer, ref int length)
    {
        var needed = length + (int)part.Length;
        if (needed > buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, 2 * buffer.Length));
            buffer.AsSpan(0, length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }

        part.CopyTo(buffer.AsSpan(length));
        length = needed;
    }
}
