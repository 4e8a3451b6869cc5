using System.Buffers;
using System.Buffers.Text;
using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Http;

namespace Laurel.ApiFrontend;

/// <summary>
/// Writes <c>{"success","total","successCount","failureCount","errors":[{"score","type"}]}</c>, the members in that order. A failed
/// score's text is the caller's own, byte for byte. An answer without failures is a constant.
/// </summary>
internal static class ScoresAnswer
{
    // Everything around the items: names, three numbers, brackets.
    private const int FrameBytes = 128;

    // Everything around one item's own text, the longest type included.
    private const int ErrorBytes = 48;

    private static readonly byte[][] Successes = MakeSuccesses();

    /// <summary>All succeeded.</summary>
    public static Task WriteSuccessAsync(HttpResponse response, int total) => SendAsync(response, StatusCodes.Status200OK, Successes[total]);

    /// <summary>A submission of which some or all failed.</summary>
    /// <param name="response">The response.</param>
    /// <param name="status">200, or 400 when the whole batch was refused for the form of the scores listed.</param>
    /// <param name="body">The request's body.</param>
    /// <param name="sheet">What was read from it.</param>
    /// <param name="statuses">One for each item. In a refused batch the successes are those that are not listed.</param>
    public static async Task WriteFailuresAsync(
        HttpResponse response, int status, ReadOnlyMemory<byte> body, ScoreSheet sheet, ReadOnlyMemory<ScoreStatus> statuses)
    {
        var bound = FrameBytes;
        var failures = 0;
        for (var i = 0; i < sheet.Count; i++)
        {
            if (ScoreErrors.IsSuccess(statuses.Span[i]))
                continue;
            failures++;
            bound += ErrorBytes + body[sheet.ItemAt(i)].Length;
        }

        var successes = status == StatusCodes.Status200OK ? sheet.Count - failures : 0;
        var buffer = ArrayPool<byte>.Shared.Rent(bound);
        try
        {
            var length = Write(buffer, successes, body.Span, sheet, statuses.Span);
            await SendAsync(response, status, buffer.AsMemory(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int Write(
        Span<byte> buffer, int successes, ReadOnlySpan<byte> body, ScoreSheet sheet, ReadOnlySpan<ScoreStatus> statuses)
    {
        var position = 0;
        WriteFrame(buffer, ref position, false, sheet.Count, successes);
        var first = true;
        for (var i = 0; i < sheet.Count; i++)
        {
            if (ScoreErrors.IsSuccess(statuses[i]))
                continue;

            Append(buffer, ref position, first ? "{\"score\":"u8 : ",{\"score\":"u8);
            Append(buffer, ref position, body[sheet.ItemAt(i)]);
            Append(buffer, ref position, ",\"type\":\""u8);
            Append(buffer, ref position, ScoreErrors.TypeOf(statuses[i]));
            Append(buffer, ref position, "\"}"u8);
            first = false;
        }

        Append(buffer, ref position, "]}"u8);
        return position;
    }

    private static void WriteFrame(Span<byte> buffer, ref int position, bool success, int total, int successes)
    {
        Append(buffer, ref position, success ? "{\"success\":true,\"total\":"u8 : "{\"success\":false,\"total\":"u8);
        Append(buffer, ref position, total);
        Append(buffer, ref position, ",\"successCount\":"u8);
        Append(buffer, ref position, successes);
        Append(buffer, ref position, ",\"failureCount\":"u8);
        Append(buffer, ref position, total - successes);
        Append(buffer, ref position, ",\"errors\":["u8);
    }

    private static void Append(Span<byte> buffer, ref int position, ReadOnlySpan<byte> text)
    {
        text.CopyTo(buffer[position..]);
        position += text.Length;
    }

    private static void Append(Span<byte> buffer, ref int position, int number)
    {
        Utf8Formatter.TryFormat(number, buffer[position..], out var length);
        position += length;
    }

    private static Task SendAsync(HttpResponse response, int status, ReadOnlyMemory<byte> bytes)
    {
        response.StatusCode = status;
        response.ContentType = JsonContent.ResponseType;
        response.ContentLength = bytes.Length;
        var sent = response.BodyWriter.WriteAsync(bytes);
        return sent.IsCompletedSuccessfully ? Task.CompletedTask : sent.AsTask();
    }

    private static byte[][] MakeSuccesses()
    {
        var buffer = new byte[FrameBytes];
        var answers = new byte[ScoreSheet.MaxScores + 1][];
        for (var total = 0; total < answers.Length; total++)
        {
            var position = 0;
            WriteFrame(buffer, ref position, true, total, total);
            Append(buffer, ref position, "]}"u8);
            answers[total] = buffer[..position];
        }

        return answers;
    }
}
