using System;

namespace UnityEngine.Networking
{
    public class UnityWebRequestAsyncOperation : AsyncOperation
    {
    }

    public class DownloadHandler : IDisposable
    {
        public string text => throw new NotSupportedException();

        public void Dispose() => throw new NotSupportedException();
    }

    public sealed class DownloadHandlerBuffer : DownloadHandler
    {
    }

    public class DownloadHandlerScript : DownloadHandler
    {
        protected virtual bool ReceiveData(byte[] data, int dataLength) => throw new NotSupportedException();
    }

    public class UploadHandler
    {
    }

    public sealed class UploadHandlerRaw : UploadHandler
    {
        public UploadHandlerRaw(byte[] data) => throw new NotSupportedException();
    }

    public class UnityWebRequest : IDisposable
    {
        public const string kHttpVerbGET = "GET";
        public const string kHttpVerbPOST = "POST";

        public UnityWebRequest(Uri uri, string method) => throw new NotSupportedException();

        public DownloadHandler downloadHandler { get; set; }

        public UploadHandler uploadHandler { get; set; }

        public int redirectLimit { get; set; }

        public int timeout { get; set; }

        public long responseCode => throw new NotSupportedException();

        public string error => throw new NotSupportedException();

        public void SetRequestHeader(string name, string value) => throw new NotSupportedException();

        public string GetResponseHeader(string name) => throw new NotSupportedException();

        public UnityWebRequestAsyncOperation SendWebRequest() => throw new NotSupportedException();

        public void Abort() => throw new NotSupportedException();

        public void Dispose() => throw new NotSupportedException();
    }
}
